-- One row per duty of a firm and its period, a filing window included: by when it is due, its state, and by when to start. start_by is
-- the working day that leaves lead_days working days up to the last one that is not after due_on, both counted. ends_title: the
-- day is the last of the title. is_calendar_known: the make-up working days of its year are known.
-- key: firm_id, duty, period
-- scope: firm
with dated as (
    select firm_id, duty, period, due_on, printed_on, or_due_on, done_on, state, document, clause, confidence, title_id
    from core_firm__obligations
    union all by name
    select firm_id, duty, period, due_on, due_on as printed_on, state, document, clause, confidence, opens_on, window_status, basis_zh, basis_en
    from core_firm__windows
)

select
    dated.firm_id,
    dated.duty,
    dated.period,
    firm_key(dated.firm_id) as firm_key,
    duty.designation,
    duty.id as duty_id,
    duty.kind,
    duty.due_when = 'as_it_ends' as ends_title,
    dated.due_on,
    dated.or_due_on,
    dated.opens_on,
    dated.done_on,
    dated.state,
    dated.window_status,
    dated.basis_zh,
    dated.basis_en,
    duty.lead_days,
    start_day.day as start_by,
    last_day.day as last_working_on,
    coalesce(calendar.is_known, false) as is_calendar_known,
    case
        when dated.due_on <> dated.printed_on then 'moved'
        when not calendar.is_working then 'stays'
    end as rest_day,
    case when tenancy.incubator is null then coalesce(owner.otherwise, duty.owner) else duty.owner end as owner,
    tenancy.incubator,
    dated.document,
    dated.clause,
    dated.confidence,
    dated.title_id
from dated
inner join ref_duties as duty using (duty)
inner join ref_due_owners as owner on duty.owner = owner.owner
left join core_firm__incubator as tenancy using (firm_id)
left join ref_working_days as calendar on dated.due_on = calendar.day
left join ref_working_days as last_day on calendar.number = last_day.number and last_day.is_working
left join ref_working_days as start_day on calendar.number - greatest(duty.lead_days, 1) + 1 = start_day.number and start_day.is_working
order by firm_key
