-- One row per duty of a firm and its period in words: what, by when, by when to start and by which steps, who owns it, what follows;
-- and the step of the pool that is due of a member next.
-- kept as: view
-- key: firm_id, duty, period
-- scope: firm
with steps as (
    select
        duty,
        list({'zh': zh, 'en': en, 'working_days': working_days, 'because_zh': because_zh, 'because_en': because_en} order by seq) as steps
    from ref_due_steps
    group by duty
)

select
    due.firm_id,
    due.firm_key,
    firm.name,
    due.designation,
    designation.zh as designation_zh,
    designation.en as designation_en,
    due.duty,
    due.kind,
    kind.zh as kind_zh,
    kind.en as kind_en,
    duty.zh as duty_zh,
    duty.en as duty_en,
    due.period,
    due.due_on,
    due.or_due_on,
    due.opens_on,
    due.start_by,
    due.last_working_on,
    due.lead_days,
    due.state,
    state.zh as state_zh,
    state.en as state_en,
    due.done_on,
    coalesce(due.state = 'open' and due.start_by < parameter.day, false) as is_start_past,
    due.state in ('missed', 'unknown') and due.due_on >= parameter.day - limits.overdue_days::integer as is_overdue,
    due.owner,
    owner.zh as owner_role_zh,
    owner.en as owner_role_en,
    due.incubator,
    owned.owner as officer,
    owned.acting,
    due.ends_title,
    due.window_status,
    due.is_calendar_known,
    concat_ws(wording_between_notes_zh(), rest.zh, unknown_days.zh, window_note.zh, due.basis_zh) as note_zh,
    concat_ws(wording_between_notes_en(), rest.en, unknown_days.en, window_note.en, due.basis_en) as note_en,
    duty.missed_zh,
    duty.missed_en,
    duty.missed_document,
    steps.steps,
    due.document,
    due.clause,
    due.confidence
from core_firm__due as due
cross join parameter
cross join ref_due_limits as limits
inner join core_firm as firm using (firm_id)
inner join ref_duties as duty on due.duty = duty.duty
inner join ref_designations as designation on due.designation = designation.designation
inner join ref_due_kinds as kind on due.kind = kind.kind
inner join ref_due_states as state on due.state = state.state
inner join ref_due_owners as owner on due.owner = owner.owner
left join case_owner as owned on due.firm_id = owned.firm_id
inner join steps on due.duty = steps.duty
left join ref_due_notes as rest on 'rest_day_' || due.rest_day = rest.note
left join ref_due_notes as unknown_days on due.due_on is not null and not due.is_calendar_known and unknown_days.note = 'calendar_unknown'
left join ref_due_notes as window_note on 'window_' || due.window_status = window_note.note
union all by name
select
    member.firm_id,
    firm_key(member.firm_id) as firm_key,
    firm.name,
    member.designation,
    designation.zh as designation_zh,
    designation.en as designation_en,
    step.duty,
    step.kind,
    step.kind_zh,
    step.kind_en,
    step.zh as duty_zh,
    step.en as duty_en,
    member.due_on::varchar as period,
    member.due_on,
    member.due_on as start_by,
    member.due_on as last_working_on,
    state.state,
    state.zh as state_zh,
    state.en as state_en,
    false as is_start_past,
    member.due_on < parameter.day as is_overdue,
    owner.owner,
    owner.zh as owner_role_zh,
    owner.en as owner_role_en,
    tenancy.incubator,
    owned.owner as officer,
    owned.acting,
    false as ends_title,
    true as is_calendar_known,
    '' as note_zh,
    '' as note_en,
    step.document,
    step.clause,
    step.confidence
from core_firm__cultivation as member
cross join parameter
inner join core_firm as firm on member.firm_id = firm.firm_id
inner join ref_designations as designation on member.designation = designation.designation
inner join ref_pool_steps as step on member.due_step = step.step
inner join ref_due_states as state on case when member.due_on < parameter.day then 'missed' else 'open' end = state.state
inner join ref_due_owners as owner on owner.owner = 'officer'
left join core_firm__incubator as tenancy on member.firm_id = tenancy.firm_id
left join case_owner as owned on member.firm_id = owned.firm_id
where member.due_on is not null and member.left_on is null
