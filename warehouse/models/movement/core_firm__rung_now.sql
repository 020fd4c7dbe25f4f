-- One row per firm that holds a rung on the day: since when its highest rung is the highest it holds, and the groups of like firms it
-- belongs to, the finest first. is_at_least: it held the title before, since when is not known.
-- key: firm_id
-- scope: firm
with highest as (
    select held.firm_id, held.designation
    from core_firm__held as held
    inner join parameter using (day)
    inner join ref_designations as designation using (designation)
    where designation.rank is not null
    qualify row_number() over (partition by held.firm_id order by designation.rank desc) = 1
),

-- A firm that fell back on the rung is in it since the higher title ended.
fallen_back as (
    select highest.firm_id, max(higher.until) as fell_on
    from highest
    cross join parameter
    inner join ref_successions as succession using (designation)
    inner join core_firm__title_terms as higher on highest.firm_id = higher.firm_id and succession.above = higher.designation
    where higher.until <= parameter.day
    group by highest.firm_id
),

newest_spell as (
    select spell.* from core_firm__spells as spell
    inner join highest using (firm_id, designation)
    qualify row_number() over (partition by spell.firm_id order by spell.entered_on desc) = 1
),

-- The features of a group that are not known make no group.
like_groups as (
    select spell.firm_id, list(stratum_name(level.level, known.sector, known.age_band, known.size_band) order by level.level_seq) as strata
    from newest_spell as spell
    cross join ref_levels as level
    cross join lateral (
        select
            case when level.by_sector then spell.sector end as sector,
            case when level.by_age then spell.age_band end as age_band,
            case when level.by_size then spell.size_band end as size_band
    ) as known
    where level.is_fallback
        and (not level.by_sector or spell.sector is not null)
        and (not level.by_age or spell.age_band is not null)
        and (not level.by_size or spell.size_band is not null)
    group by spell.firm_id
)

select
    spell.firm_id,
    firm_key(spell.firm_id) as firm_key,
    spell.designation,
    greatest(spell.entered_on, fallen_back.fell_on) as entered_on,
    parameter.day - greatest(spell.entered_on, fallen_back.fell_on) as days,
    spell.begins_renewed and coalesce(fallen_back.fell_on <= spell.entered_on, true) as is_at_least,
    like_groups.strata
from newest_spell as spell
cross join parameter
inner join like_groups using (firm_id)
left join fallen_back using (firm_id)
order by firm_key
