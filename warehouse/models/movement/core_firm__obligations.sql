-- One row per duty of a firm's title and its period: by when it is due, when it was done, and its state on the evaluation day. The
-- title is the last to end of its kind; it still owes for some days after its end. period: the year of the day of a yearly duty, the
-- day of a change, the year in which a title that ends began; it stays where the day is corrected.
-- state: done, late, open, missed (known not to be done), unknown (its day has passed, nothing was delivered on it)
-- key: firm_id, duty, period
-- scope: firm
with title as (
    select granted.*, parameter.day, limits.horizon_days
    from core_title__granted as granted
    cross join parameter
    cross join ref_due_limits as limits
    inner join core_firm as firm on granted.firm_id = firm.firm_id
    where granted.valid_from <= parameter.day
        and (granted.valid_to is null or greatest(granted.valid_to, granted.or_valid_to) >= parameter.day - limits.overdue_days::integer)
        and (granted.cancelled_on is null or granted.cancelled_on > parameter.day)
        and (firm.is_living is not false or firm.ended_on > parameter.day)
    qualify row_number() over (
        partition by granted.firm_id, granted.designation order by granted.valid_to desc nulls first, granted.valid_from desc, granted.title_id asc
    ) = 1
),

yearly as (
    select
        title.firm_id,
        duty.duty,
        days.year::varchar as period,
        days.due_on,
        null::date as or_due_on,
        case when filing.filed_on <= title.day then filing.filed_on end as done_on,
        coalesce(filing.is_not_filed, false) as is_not_done,
        days.document,
        days.clause,
        days.confidence,
        title.title_id,
        title.day
    from title
    inner join ref_duties as duty using (designation)
    inner join ref_due_days as days
        on duty.duty = days.duty
        and case
            when duty.due_when = 'next_year' then days.year = year(title.valid_from) + 1
            else days.due_on between title.valid_from and coalesce(title.valid_to, days.due_on)
        end
        and days.due_on <= title.day + title.horizon_days::integer
    left join core_firm__filings as filing
        on title.firm_id = filing.firm_id and duty.designation = filing.designation and duty.filing = filing.filing and days.year - 1 = filing.year
),

changed as (
    select
        title.firm_id,
        duty.duty,
        change.changed_on::varchar as period,
        (change.changed_on + to_months(rule.months))::date as due_on,
        null::date as or_due_on,
        case when duty.is_recorded and change.reported_on <= title.day then change.reported_on end as done_on,
        duty.is_recorded as is_not_done,
        rule.document,
        rule.clause,
        rule.confidence,
        title.title_id,
        title.day
    from title
    inner join ref_duties as duty using (designation)
    inner join core_firm__changes as change
        on title.firm_id = change.firm_id
        and list_contains(duty.change_kind, change.change_kind)
        and change.changed_on between title.valid_from and least(title.day, title.valid_to)
    inner join ref_due_rules as rule
        on duty.duty = rule.duty and change.changed_on between rule.in_force_from and coalesce(rule.in_force_to, change.changed_on)
    where duty.due_when = 'on_change'
),

ending as (
    select
        title.firm_id,
        duty.duty,
        year(title.valid_from)::varchar as period,
        title.valid_to as due_on,
        title.or_valid_to as or_due_on,
        null::date as done_on,
        title.or_valid_to is null or title.or_valid_to < title.day as is_not_done,
        rule.document,
        rule.clause,
        rule.confidence,
        title.title_id,
        title.day
    from title
    inner join ref_duties as duty on title.designation = duty.designation and duty.due_when = 'as_it_ends'
    left join ref_due_rules as rule
        on duty.duty = rule.duty and title.valid_from between rule.in_force_from and coalesce(rule.in_force_to, title.valid_from)
    where title.valid_to < date '9999-12-31' -- which stands for no end
),

printed as (
    select * from yearly
    union all by name
    select * from changed
    union all by name
    select * from ending
),

-- a day of rest moves only what the text of the duty moves
placed as (
    select printed.* replace (coalesce(moved.day, printed.due_on) as due_on), printed.due_on as printed_on
    from printed
    inner join ref_duties as duty using (duty)
    left join ref_working_days as calendar
        on printed.due_on = calendar.day and duty.on_rest_day = 'next_working_day' and not calendar.is_working
    left join ref_working_days as moved on calendar.number + 1 = moved.number and moved.is_working
),

occurrence as (
    select
        *,
        case
            when done_on <= due_on then 'done'
            when done_on > due_on then 'late'
            when day <= due_on then 'open'
            when is_not_done then 'missed'
            else 'unknown'
        end as state
    from placed
),

counted as (
    select
        occurrence.*,
        count(*) filter (where state = 'missed') over (
            partition by firm_id, duty order by due_on rows between unbounded preceding and 1 preceding
        ) as missed_before
    from occurrence
),

last_chance as (
    select counted.* exclude (duty, missed_before, document, clause, confidence), duty.duty, rule.document, rule.clause, rule.confidence
    from counted
    inner join ref_duties as duty on counted.duty = duty.of_duty
    inner join ref_due_rules as rule
        on duty.duty = rule.duty and counted.due_on between rule.in_force_from and coalesce(rule.in_force_to, counted.due_on)
    where counted.state in ('open', 'missed', 'unknown') and counted.missed_before = rule.missed_at_least - 1
)

select firm_id, duty, period, due_on, printed_on, or_due_on, done_on, state, document, clause, confidence, title_id from occurrence
union all by name
select firm_id, duty, period, due_on, printed_on, or_due_on, done_on, state, document, clause, confidence, title_id from last_chance
