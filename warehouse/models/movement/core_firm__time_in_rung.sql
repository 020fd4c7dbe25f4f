-- One row per firm that holds a rung on the day: since when its highest rung is the highest it holds, and how that compares with the
-- stays of like firms; days is at least so many where the lists begin later than the title (is_at_least). is_plateau is null where
-- three quarters of like firms cannot be told.
-- key: firm_id
-- scope: zone
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
    select term.firm_id, term.designation, max(higher.until) as fell_on
    from core_firm__title_terms as term
    cross join parameter
    inner join ref_successions as succession using (designation)
    inner join core_firm__title_terms as higher on term.firm_id = higher.firm_id and succession.above = higher.designation
    where higher.until <= parameter.day
    group by all
),

current_spell as (
    select spell.*, greatest(spell.entered_on, coalesce(fallen_back.fell_on, spell.entered_on)) as in_rung_since
    from core_firm__spells as spell
    inner join highest using (firm_id, designation)
    left join fallen_back using (firm_id, designation)
    qualify row_number() over (partition by spell.firm_id order by spell.entered_on desc) = 1
),

strata as (
    select
        spell.firm_id,
        spell.designation,
        level.level_seq,
        coalesce(nullif(concat_ws(
            '/',
            case when level.by_sector then spell.sector end,
            case when level.by_age then spell.age_band end,
            case when level.by_size then spell.size_band end
        ), ''), level.level) as stratum
    from current_spell as spell
    inner join ref_levels as level
        on level.is_fallback
        and (not level.by_sector or spell.sector is not null)
        and (not level.by_age or spell.age_band is not null)
        and (not level.by_size or spell.size_band is not null)
),

like_firms as (
    select strata.firm_id, quartile.*
    from strata
    inner join core_rung__quartiles as quartile using (designation, stratum)
    where quartile.used_level is not null
    qualify row_number() over (partition by strata.firm_id order by strata.level_seq) = 1
)

select
    spell.firm_id,
    spell.designation,
    spell.in_rung_since as entered_on,
    parameter.day - spell.in_rung_since as days,
    spell.begins_renewed and spell.in_rung_since = spell.entered_on as is_at_least,
    like_firms.used_level as level,
    like_firms.used_stratum as stratum,
    like_firms.firms,
    like_firms.q75_days,
    parameter.day - spell.in_rung_since > like_firms.q75_days as is_plateau
from current_spell as spell
cross join parameter
left join like_firms using (firm_id)
