-- One row per living firm and rung on the evaluation day: the verdict of both days, the title held, the application known.
-- key: firm_id, designation
-- scope: firm
select
    today.firm_id,
    today.designation,
    today.rank,
    today.edition_id,
    today.outcome,
    today.route,
    today.deciding_condition as condition_id,
    today.deciding_gap as gap,
    today.gap_unit,
    today.missing_fact,
    today.is_closed,
    today.closed_condition,
    today.opens_on,
    today.open_conditions,
    -- where only people decide, as by nomination, every firm is left to judgement: that tells nothing of one of them
    edition.has_figures,
    previous.outcome as previous_outcome,
    previous.deciding_condition as previous_condition,
    previous.deciding_gap as previous_gap,
    previous.gap_unit as previous_gap_unit,
    held.title_id is not null as is_held,
    held.valid_from,
    held.valid_to,
    position.held_rank,
    application.is_applied,
    application.applied_on,
    -- an application counts until a list of that day or later grants the title
    coalesce(application.is_applied and application.applied_on > coalesce(held.valid_from, date '0001-01-01'), false) as is_pending
from core_tiers__ladder_verdicts as today
inner join parameter on today.day = parameter.day
inner join core_firm__position as position on today.firm_id = position.firm_id and today.day = position.day
inner join ref_editions as edition on today.edition_id = edition.edition_id
left join core_tiers__ladder_verdicts as previous
    on today.firm_id = previous.firm_id and today.designation = previous.designation
    and parameter.previous_day = previous.day
left join core_firm__held as held
    on today.firm_id = held.firm_id and today.designation = held.designation and today.day = held.day
left join core_firm__applications as application
    on today.firm_id = application.firm_id and today.designation = application.designation
where position.is_living
