-- One row per firm: what it holds and meets, how its position changed, the next step, and the title that ends first.
-- key: firm_id
-- scope: firm
with titles as (
    select
        held.firm_id,
        list(held.designation order by designation.rank desc nulls last, held.designation asc) as titles,
        string_agg(designation.zh, wording_between_names_zh() order by designation.rank desc nulls last, held.designation asc) as titles_zh,
        string_agg(designation.en, wording_between_names_en() order by designation.rank desc nulls last, held.designation asc) as titles_en,
        min(held.valid_to) as due_on,
        arg_min(held.designation, {'on': held.valid_to, 'above': designation.rank}) filter (where held.valid_to is not null) as due_designation
    from core_firm__held as held
    inner join parameter on held.day = parameter.day
    inner join core_firm__position as position on held.firm_id = position.firm_id and held.day = position.day
    inner join ref_designations as designation using (designation)
    where position.is_living
    group by held.firm_id
)

select
    mover.firm_id,
    firm.name,
    firm.division_code,
    firm.industry_code,
    tenancy.incubator,
    owned.owner as officer,
    owned.deputy,
    owned.acting,
    firm.founded_on,
    coalesce(titles.titles, []) as titles,
    titles.titles_zh,
    titles.titles_en,
    mover.to_held as held,
    held.zh as held_zh,
    held.en as held_en,
    mover.to_held_rank as held_rank,
    mover.to_met as met,
    met.zh as met_zh,
    met.en as met_en,
    mover.to_met_rank as met_rank,
    mover.change,
    change.seq as change_seq,
    change.zh as change_zh,
    change.en as change_en,
    mover.from_held,
    from_held.zh as from_held_zh,
    from_held.en as from_held_en,
    mover.from_met,
    from_met.zh as from_met_zh,
    from_met.en as from_met_en,
    step.action as next_action,
    step.designation as next_designation,
    step.condition_id as next_condition,
    step.gap as next_gap,
    step.gap_unit as next_gap_unit,
    step.missing_fact,
    step.by as next_by,
    next_text(
        next_step.zh, next_rung.zh, named_zh(condition.zh, condition.clause), gap_zh(step.gap, step.gap_unit), missing.zh, coalesce(step.by, step.applied_on)
    ) as next_zh,
    next_text(
        next_step.en, next_rung.en, named_en(condition.en, condition.clause), gap_en(step.gap, step.gap_unit), missing.en, coalesce(step.by, step.applied_on)
    ) as next_en,
    titles.due_on,
    titles.due_designation,
    due.zh as due_zh,
    due.en as due_en,
    facts.revenue_fen_y0 as revenue_y0_fen,
    (facts.revenue_fen_y0 - facts.revenue_fen_y1) * 100.0 / nullif(facts.revenue_fen_y1, 0) as revenue_growth_1y_pct,
    coalesce(facts.rd_hnte_fen_y0, facts.rd_account_fen_y0) * 100.0 / nullif(facts.revenue_fen_y0, 0) as rd_share_y0_pct,
    facts.staff_end_y0,
    lower(firm.name || ' ' || firm.firm_id) as search
from core_firm__change as mover
inner join core_firm as firm using (firm_id)
inner join core_firm__facts as facts on mover.firm_id = facts.firm_id
inner join parameter on facts.day = parameter.day
inner join ref_changes as change on mover.change = change.change
left join titles on mover.firm_id = titles.firm_id
left join core_firm__incubator as tenancy on mover.firm_id = tenancy.firm_id
left join case_owner as owned on mover.firm_id = owned.firm_id
left join core_firm__next as step on mover.firm_id = step.firm_id
left join ref_steps as next_step on step.step = next_step.step
left join ref_conditions as condition on step.edition_id = condition.edition_id and step.condition_id = condition.condition_id
left join ref_facts as missing on step.missing_fact = missing.fact
left join ref_designations as held on mover.to_held = held.designation
left join ref_designations as met on mover.to_met = met.designation
left join ref_designations as from_held on mover.from_held = from_held.designation
left join ref_designations as from_met on mover.from_met = from_met.designation
left join ref_designations as next_rung on step.designation = next_rung.designation
left join ref_designations as due on titles.due_designation = due.designation
