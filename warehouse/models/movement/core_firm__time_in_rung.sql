-- One row per firm that holds a rung on the day: how long it has been its highest, and how long three quarters of like firms stay at
-- most (core_rung__quartiles, by the finest group that is large enough). is_plateau is null where that is not known.
-- A view, since each firm is compared with all others: rows of a firm would not stay right when another firm changes.
-- key: firm_id
-- scope: firm
-- kept as: view
select
    rung.firm_id,
    rung.firm_key,
    rung.designation,
    rung.entered_on,
    rung.days,
    rung.is_at_least,
    quartile.used_level as level,
    quartile.used_stratum as stratum,
    quartile.firms,
    quartile.q75_days,
    rung.days > quartile.q75_days as is_plateau
from core_firm__rung_now as rung
left join core_rung__quartiles as quartile
    on rung.designation = quartile.designation and list_contains(rung.strata, quartile.stratum)
qualify row_number() over (partition by rung.firm_id order by list_position(rung.strata, quartile.stratum) asc nulls last) = 1
