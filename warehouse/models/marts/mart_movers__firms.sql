-- Movers: what a firm holds and meets, its movement with the reason in words, and what decides the next rung.
-- key: firm_id
-- scope: firm
select
    moved.firm_id,
    firm.name,
    firm.division_code,
    firm.industry_code,
    firm.incubator,
    firm.founded_on,
    moved.held,
    held.zh as held_zh,
    held.en as held_en,
    moved.held_rank,
    moved.met,
    met.zh as met_zh,
    met.en as met_en,
    moved.met_rank,
    moved.eligible,
    eligible.zh as eligible_zh,
    eligible.en as eligible_en,
    moved.eligible_rank,
    moved.previous_held_rank,
    moved.previous_met_rank,
    moved.movement,
    movement.seq as movement_seq,
    movement.zh as movement_zh,
    movement.en as movement_en,
    reason_text(
        reason.zh, parameter.previous_day, previous_held.zh, held.zh, met.zh, due.zh, moved.due_on, lapsing.zh, next_rung.zh,
        condition.zh, amount_zh(moved.next_gap, moved.next_gap_unit), coalesce(missing.zh, condition.zh)
    ) as reason_zh,
    reason_text(
        reason.en, parameter.previous_day, previous_held.en, held.en, met.en, due.en, moved.due_on, lapsing.en, next_rung.en,
        condition.en, amount_en(moved.next_gap, moved.next_gap_unit), coalesce(missing.en, condition.en)
    ) as reason_en,
    moved.next_designation,
    moved.next_outcome,
    moved.next_condition,
    condition.zh as next_condition_zh,
    condition.en as next_condition_en,
    moved.next_gap,
    moved.next_gap_unit,
    amount_zh(moved.next_gap, moved.next_gap_unit) as next_gap_zh,
    amount_en(moved.next_gap, moved.next_gap_unit) as next_gap_en,
    moved.missing_fact,
    missing.zh as missing_zh,
    missing.en as missing_en,
    moved.due_on,
    moved.due_designation,
    facts.revenue_fen_y0 as revenue_y0_fen,
    (facts.revenue_fen_y0 - facts.revenue_fen_y1) * 100.0 / nullif(facts.revenue_fen_y1, 0) as revenue_growth_1y_pct,
    coalesce(facts.rd_hnte_fen_y0, facts.rd_account_fen_y0) * 100.0 / nullif(facts.revenue_fen_y0, 0) as rd_share_y0_pct,
    facts.staff_end_y0,
    moved.eligible_rank > moved.held_rank as is_applied_gap,
    lower(firm.name || ' ' || firm.firm_id) as search
from core_firm__movement as moved
inner join core_firm as firm using (firm_id)
inner join core_firm__facts as facts on moved.firm_id = facts.firm_id
inner join parameter on facts.day = parameter.day
inner join ref_movements as movement on moved.movement = movement.movement
inner join ref_movement_reasons as reason on moved.reason = reason.reason
left join ref_designations as held on moved.held = held.designation
left join ref_designations as met on moved.met = met.designation
left join ref_designations as eligible on moved.eligible = eligible.designation
left join ref_designations as previous_held on moved.previous_held = previous_held.designation
left join ref_designations as due on moved.due_designation = due.designation
left join ref_designations as lapsing on moved.lapsing_designation = lapsing.designation
left join ref_designations as next_rung on moved.next_designation = next_rung.designation
left join ref_conditions as condition
    on moved.next_edition = condition.edition_id and moved.next_condition = condition.condition_id
left join ref_facts as missing on moved.missing_fact = missing.fact
