-- One row per title, level of likeness and group of like firms (stratum), and first and last day at risk of their stays in the rung: how
-- many stays have these days, how many firms they are of, and how many end there by leaving, by cause. A spell beneath a higher
-- title, one whose beginning is before its first list of renewals, and one that had ended before a list named it are in none.
-- key: designation, level, stratum, from_days, days, cause
-- scope: zone
with judged as (
    select
        spell.*,
        ending.cause,
        -- That a title was not renewed is known only from a later list. What a renewal or an end says counts once no other firm may
        -- still renew a title of that day: else of the same days the renewals would be counted and the ends would not.
        ending.is_exit
        and spell.left_on <= coalesce(spell.settled_until, spell.left_on)
        and (spell.ending <> 'expired' or known.last_on >= spell.left_on) as has_left,
        coalesce(firm.founded_on < known.first_on, true) and spell.entered_on <= known.renewals_until as may_have_begun_earlier
    from core_firm__spells as spell
    inner join core_firm as firm using (firm_id)
    inner join ref_endings as ending using (ending)
    inner join core_rung__lists as known using (designation)
    where not spell.is_beneath and not spell.begins_renewed
),

measured as (
    select
        firm_id,
        designation,
        entered_on,
        observed_from - entered_on as from_days,
        greatest(
            case
                when has_left then left_on
                else least(coalesce(left_on - 1, known_until), settled_until)
            end - entered_on,
            1
        ) as days,
        case when has_left then cause else '' end as cause,
        may_have_begun_earlier,
        sector,
        age_band,
        size_band
    from judged
),

by_level as (
    select
        stay.* exclude (sector, age_band, size_band),
        level.level,
        case when level.by_sector then stay.sector end as sector,
        case when level.by_age then stay.age_band end as age_band,
        case when level.by_size then stay.size_band end as size_band
    from measured as stay
    inner join ref_levels as level
        on (not level.by_sector or stay.sector is not null)
        and (not level.by_age or stay.age_band is not null)
        and (not level.by_size or stay.size_band is not null)
    where stay.days > stay.from_days
),

numbered as (
    select
        *,
        stratum_name(level, sector, age_band, size_band) as stratum,
        row_number() over (partition by firm_id, designation, level, sector, age_band, size_band order by entered_on) = 1 as is_first_of_firm
    from by_level
)

select
    designation,
    level,
    stratum,
    any_value(sector) as sector,
    any_value(age_band) as age_band,
    any_value(size_band) as size_band,
    from_days,
    days,
    cause,
    count(*) as stays,
    count(*) filter (where is_first_of_firm) as firms,
    count(*) filter (where may_have_begun_earlier) as stays_may_have_begun_earlier
from numbered
group by designation, level, stratum, from_days, days, cause
