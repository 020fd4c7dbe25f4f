-- One row per firm: what it holds and meets, its movement with the reason in words, and the deciding condition of the next rung.
-- key: firm_id
-- scope: firm
select
    mover.firm_id,
    firm.name,
    firm.division_code,
    firm.industry_code,
    tenancy.incubator,
    firm.founded_on,
    mover.held,
    held.zh as held_zh,
    held.en as held_en,
    mover.held_rank,
    mover.met,
    met.zh as met_zh,
    met.en as met_en,
    mover.met_rank,
    mover.eligible,
    eligible.zh as eligible_zh,
    eligible.en as eligible_en,
    mover.eligible_rank,
    mover.previous_held_rank,
    mover.previous_met_rank,
    mover.movement,
    movement.seq as movement_seq,
    movement.zh as movement_zh,
    movement.en as movement_en,
    reason_text(
        reason.zh, parameter.previous_day, previous_held.zh, held.zh, met.zh, due.zh, mover.due_on, lapsing.zh, next_rung.zh,
        condition.zh, gap_zh(mover.next_gap, mover.next_gap_unit), coalesce(missing.zh, condition.zh)
    ) as reason_zh,
    reason_text(
        reason.en, parameter.previous_day, previous_held.en, held.en, met.en, due.en, mover.due_on, lapsing.en, next_rung.en,
        condition.en, gap_en(mover.next_gap, mover.next_gap_unit), coalesce(missing.en, condition.en)
    ) as reason_en,
    mover.next_designation,
    mover.next_outcome,
    mover.next_condition,
    condition.zh as next_condition_zh,
    condition.en as next_condition_en,
    mover.next_gap,
    mover.next_gap_unit,
    coalesce(gap_zh(mover.next_gap, mover.next_gap_unit), '') as next_gap_zh,
    coalesce(gap_en(mover.next_gap, mover.next_gap_unit), '') as next_gap_en,
    mover.missing_fact,
    missing.zh as missing_zh,
    missing.en as missing_en,
    mover.due_on,
    mover.due_designation,
    facts.revenue_fen_y0 as revenue_y0_fen,
    (facts.revenue_fen_y0 - facts.revenue_fen_y1) * 100.0 / nullif(facts.revenue_fen_y1, 0) as revenue_growth_1y_pct,
    coalesce(facts.rd_hnte_fen_y0, facts.rd_account_fen_y0) * 100.0 / nullif(facts.revenue_fen_y0, 0) as rd_share_y0_pct,
    facts.staff_end_y0,
    mover.eligible_rank > mover.held_rank as is_applied_gap,
    lower(firm.name || ' ' || firm.firm_id) as search
from core_firm__movement as mover
inner join core_firm as firm using (firm_id)
left join core_firm__incubator as tenancy on mover.firm_id = tenancy.firm_id
inner join core_firm__facts as facts on mover.firm_id = facts.firm_id
inner join parameter on facts.day = parameter.day
inner join ref_movements as movement on mover.movement = movement.movement
inner join ref_movement_reasons as reason on mover.reason = reason.reason
left join ref_designations as held on mover.held = held.designation
left join ref_designations as met on mover.met = met.designation
left join ref_designations as eligible on mover.eligible = eligible.designation
left join ref_designations as previous_held on mover.previous_held = previous_held.designation
left join ref_designations as due on mover.due_designation = due.designation
left join ref_designations as lapsing on mover.lapsing_designation = lapsing.designation
left join ref_designations as next_rung on mover.next_designation = next_rung.designation
left join ref_conditions as condition
    on mover.next_edition = condition.edition_id and mover.next_condition = condition.condition_id
left join ref_facts as missing on mover.missing_fact = missing.fact
