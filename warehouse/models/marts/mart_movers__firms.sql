-- Who moves, and why: one row a firm, with what it holds, what it meets, and what decides the next rung.
-- grain: firm_id
with today as (select mart_firm__position.* from mart_firm__position, parameter where mart_firm__position.day = parameter.day),

before as (
    select mart_firm__position.* from mart_firm__position, parameter
    where mart_firm__position.day = parameter.previous_day
),

next_now as (select mart_firm__next.* from mart_firm__next, parameter where mart_firm__next.day = parameter.day),

next_before as (select mart_firm__next.* from mart_firm__next, parameter where mart_firm__next.day = parameter.previous_day),

titles as (
    select held.firm_id, held.valid_to, held.designation, designation.rank, designation.zh, designation.en
    from core_firm__held as held
    inner join ref_designations as designation using (designation)
    inner join parameter on held.day = parameter.day
    where designation.rank is not null
),

due as (
    select firm_id, min(valid_to) as due_on, arg_min(designation, valid_to) as due_designation, arg_min(zh, valid_to) as zh,
        arg_min(en, valid_to) as en
    from titles
    where valid_to is not null
    group by firm_id
),

lapsing as (
    select title.firm_id, arg_max(title.zh, title.rank) as zh, arg_max(title.en, title.rank) as en
    from titles as title
    inner join core_tiers__verdicts as verdict using (firm_id, designation)
    inner join parameter on verdict.day = parameter.day
    where verdict.is_selected and verdict.outcome = 'not_met'
    group by title.firm_id
),

compared as (
    select
        firm.firm_id,
        today.*  exclude (firm_id, day),
        before.held_rank as previous_held_rank,
        before.met_rank as previous_met_rank,
        next_now.designation as next_designation,
        next_now.edition_id as next_edition,
        next_now.outcome as next_outcome,
        next_now.deciding_condition as next_condition,
        next_now.deciding_gap as next_gap,
        next_now.gap_unit as next_gap_unit,
        next_now.missing_fact,
        due.due_on,
        due.due_designation,
        due.zh as due_zh,
        due.en as due_en,
        lapsing.zh as lapsing_zh,
        lapsing.en as lapsing_en,
        due.due_on <= parameter.day + to_days(ref_watch.watch_days::integer) as is_due,
        parameter.previous_day,
        case
            when not today.is_living and coalesce(before.is_living, true) then 'gone'
            when before.firm_id is null then 'new'
            when today.held_rank < before.held_rank then 'down'
            when today.held_rank > before.held_rank
                or (today.held_rank = before.held_rank and today.met_rank > before.met_rank) then 'up'
            when is_due or lapsing.firm_id is not null then 'at_risk'
            when today.met_rank = before.met_rank and next_now.outcome = 'not_met' and next_before.outcome = 'not_met'
                and next_now.deciding_condition = next_before.deciding_condition
                and next_now.deciding_gap >= next_before.deciding_gap then 'stalling'
            when next_now.outcome = 'unknown' then 'cannot_tell'
            else 'holding'
        end as movement
    from core_firm as firm
    inner join today on firm.firm_id = today.firm_id
    cross join parameter
    cross join ref_watch
    left join before on firm.firm_id = before.firm_id
    left join next_now on firm.firm_id = next_now.firm_id
    left join next_before on firm.firm_id = next_before.firm_id
    left join due on firm.firm_id = due.firm_id
    left join lapsing on firm.firm_id = lapsing.firm_id
    where today.is_living or coalesce(before.is_living, false)
),

worded as (
    select
        compared.*,
        condition.zh as next_condition_zh,
        condition.en as next_condition_en,
        fact.zh as missing_zh,
        fact.en as missing_en,
        rung_now.zh as held_zh,
        rung_now.en as held_en,
        rung_now.designation as held,
        rung_met.designation as met,
        rung_met.zh as met_zh,
        rung_met.en as met_en,
        rung_eligible.designation as eligible,
        rung_eligible.zh as eligible_zh,
        rung_eligible.en as eligible_en,
        rung_before.zh as previous_held_zh,
        rung_before.en as previous_held_en,
        rung_next.zh as next_zh,
        rung_next.en as next_en
    from compared
    left join ref_conditions as condition
        on compared.next_edition = condition.edition_id and compared.next_condition = condition.condition_id
    left join ref_facts as fact on compared.missing_fact = fact.fact
    left join ref_designations as rung_now on compared.held_rank = rung_now.rank
    left join ref_designations as rung_met on compared.met_rank = rung_met.rank
    left join ref_designations as rung_eligible on compared.eligible_rank = rung_eligible.rank
    left join ref_designations as rung_before on compared.previous_held_rank = rung_before.rank
    left join ref_designations as rung_next on compared.next_designation = rung_next.designation
),

phrased as (
    select
        worded.*,
        case
            when held_rank > coalesce(previous_held_rank, 0) then '新取得 ' || held_zh
            else '新达到 ' || coalesce(met_zh, '')
        end as rise_zh,
        case
            when held_rank > coalesce(previous_held_rank, 0) then 'newly holds ' || held_en
            else 'newly meets ' || coalesce(met_en, '')
        end as rise_en,
        case
            when is_due then due_zh || ' 将于 ' || due_on || ' 到期'
            else '已不符合所持 ' || coalesce(lapsing_zh, '') || ' 的条件'
        end as risk_zh,
        case
            when is_due then due_en || ' ends on ' || due_on
            else 'no longer meets the conditions of ' || coalesce(lapsing_en, '')
        end as risk_en
    from worded
)

select
    phrased.firm_id,
    firm.name,
    firm.division_code,
    firm.industry_code,
    firm.incubator,
    firm.founded_on,
    phrased.held,
    phrased.held_zh,
    phrased.held_en,
    phrased.held_rank,
    phrased.met,
    phrased.met_zh,
    phrased.met_en,
    phrased.met_rank,
    phrased.eligible,
    phrased.eligible_zh,
    phrased.eligible_en,
    phrased.eligible_rank,
    phrased.previous_held_rank,
    phrased.previous_met_rank,
    phrased.movement,
    said.seq as movement_seq,
    said.zh as movement_zh,
    said.en as movement_en,
    replace(replace(replace(replace(replace(replace(replace(replace(
        said.reason_zh, '{previous_day}', phrased.previous_day::varchar), '{previous_held_zh}', coalesce(previous_held_zh, '')),
        '{rise_zh}', rise_zh), '{risk_zh}', coalesce(risk_zh, '')), '{next_zh}', coalesce(next_zh, '')),
        '{condition_zh}', coalesce(next_condition_zh, '')), '{gap_zh}', amount_zh(next_gap, next_gap_unit)),
        '{missing_zh}', coalesce(missing_zh, next_condition_zh, '')) as reason_zh,
    replace(replace(replace(replace(replace(replace(replace(replace(
        said.reason_en, '{previous_day}', phrased.previous_day::varchar), '{previous_held_en}', coalesce(previous_held_en, '')),
        '{rise_en}', rise_en), '{risk_en}', coalesce(risk_en, '')), '{next_en}', coalesce(next_en, '')),
        '{condition_en}', coalesce(next_condition_en, '')), '{gap_en}', amount_en(next_gap, next_gap_unit)),
        '{missing_en}', coalesce(missing_en, next_condition_en, '')) as reason_en,
    phrased.next_designation,
    phrased.next_outcome,
    phrased.next_condition,
    phrased.next_condition_zh,
    phrased.next_condition_en,
    phrased.next_gap,
    phrased.next_gap_unit,
    amount_zh(next_gap, next_gap_unit) as next_gap_zh,
    amount_en(next_gap, next_gap_unit) as next_gap_en,
    phrased.missing_fact,
    phrased.missing_zh,
    phrased.missing_en,
    phrased.due_on,
    phrased.due_designation,
    facts.revenue_fen_y0 as revenue_y0_fen,
    (facts.revenue_fen_y0 - facts.revenue_fen_y1) * 100.0 / nullif(facts.revenue_fen_y1, 0) as revenue_growth_1y_pct,
    coalesce(facts.rd_hnte_fen_y0, facts.rd_account_fen_y0) * 100.0 / nullif(facts.revenue_fen_y0, 0) as rd_share_y0_pct,
    facts.staff_end_y0,
    phrased.eligible_rank > phrased.held_rank as is_applied_gap,
    lower(firm.name || ' ' || firm.firm_id) as search
from phrased
inner join core_firm as firm using (firm_id)
inner join core_firm__facts as facts on phrased.firm_id = facts.firm_id
inner join parameter on facts.day = parameter.day
left join ref_movements as said on phrased.movement = said.movement
