-- One row per firm, title and spell: from its grant until the firm left the rung, by what (ref_endings), with the features that
-- make firms alike. left_on: the first day after; null while it runs and where the day is not known. known_until: the day up to
-- which the spell is known to have run. title_left_on: the first day without the title itself, which a firm that rises may keep.
-- key: firm_id, designation, entered_on
-- scope: firm
-- A firm that rises within the time for a renewal has not let the title lapse.
with higher as (
    select
        term.firm_id,
        term.designation,
        term.entered_on,
        bool_or(above.entered_on <= term.entered_on) as is_beneath,
        min(above.entered_on) filter (where above.entered_on > term.entered_on) as risen_on
    from core_firm__title_terms as term
    inner join ref_renewal_gaps as gap using (designation)
    inner join ref_successions as succession using (designation)
    inner join core_firm__title_terms as above
        on term.firm_id = above.firm_id
        and succession.above = above.designation
        and (term.until is null or term.until + case when term.is_revoked then 0 else gap.gap_days end > above.entered_on)
        and (above.until is null or above.until > term.entered_on)
    group by all
),

possible_ends as (
    select term.firm_id, term.designation, term.entered_on, end_of.ending, end_of.ended_on
    from core_firm__title_terms as term
    cross join parameter
    inner join ref_renewal_gaps as gap using (designation)
    left join higher using (firm_id, designation, entered_on)
    left join core_firm__gone as gone using (firm_id)
    cross join lateral (
        values
        ('risen', higher.risen_on),
        (gone.ending, case when gone.gone_on is not null then greatest(gone.gone_on, term.entered_on) end),
        (
            case
                when term.is_revoked then 'revoked'
                when term.until + gap.gap_days > parameter.day + 1 then 'pending'
                else 'expired'
            end,
            case when term.is_revoked or higher.risen_on is null then term.until end
        )
    ) as end_of (ending, ended_on)
    where end_of.ended_on <= parameter.day
),

first_end as (
    select * from possible_ends
    qualify row_number() over (partition by firm_id, designation, entered_on order by ended_on, ending = 'risen' desc, ending) = 1
)

select
    term.firm_id,
    term.designation,
    term.entered_on,
    case when coalesce(first_end.ending, 'running') <> 'pending' then first_end.ended_on end as left_on,
    coalesce(first_end.ending, gone.ending, 'running') as ending,
    case
        when first_end.ending = 'pending' then first_end.ended_on - 1
        when first_end.ending is not null then first_end.ended_on
        when gone.ending is not null then least(coalesce(gone.seen_on, term.seen_on), coalesce(term.until - 1, gone.seen_on))
        else parameter.day
    end as known_until,
    case when term.until <= parameter.day then term.until end as title_left_on,
    first_end.ending is null and gone.ending is null as is_current,
    coalesce(higher.is_beneath, false) as is_beneath,
    term.first_listed_on > term.entered_on as is_listed_late,
    term.settled_until,
    greatest(term.first_listed_on, term.entered_on) as observed_from,
    term.begins_renewed,
    left(firm.industry_code, 2) as sector,
    age_band.band as age_band,
    size_band.band as size_band
from core_firm__title_terms as term
cross join parameter
inner join core_firm as firm using (firm_id)
left join first_end using (firm_id, designation, entered_on)
left join higher using (firm_id, designation, entered_on)
left join core_firm__gone as gone using (firm_id)
left join core_firm__yearly as last_year on term.firm_id = last_year.firm_id and year(term.entered_on) - 1 = last_year.year
left join ref_bands as age_band
    on age_band.feature = 'age'
    and datesub('year', firm.founded_on, term.entered_on) >= age_band.low
    and (age_band.high is null or datesub('year', firm.founded_on, term.entered_on) < age_band.high)
left join ref_bands as size_band
    on size_band.feature = 'size'
    and last_year.staff_end >= size_band.low
    and (size_band.high is null or last_year.staff_end < size_band.high)
