-- One row per firm and evaluation day: the valuation of the latest event that states or may have changed it, a round or a valuation.
-- An event of which only the month or year is known may be the latest; the ends of all that may be are those of the valuation.
-- key: firm_id, day
-- scope: firm
with events as (
    select
        firm_id, financed_on as first_on, financed_by as last_on, post_money_usd_cents as exact_usd, post_money_low_usd_cents as low_usd,
        post_money_high_usd_cents as high_usd, post_money_cny_fen as exact_cny, post_money_low_cny_fen as low_cny,
        post_money_high_cny_fen as high_cny
    from core_firm__rounds
    union all by name
    select
        firm_id, valued_on as first_on, valued_by as last_on, valuation_usd_cents as exact_usd, valuation_low_usd_cents as low_usd,
        valuation_high_usd_cents as high_usd, valuation_cny_fen as exact_cny, valuation_low_cny_fen as low_cny,
        valuation_high_cny_fen as high_cny
    from core_firm__valuations
),

dated as (
    select events.*, evaluation_day.day, least(last_on, day) as until, coalesce(low_usd, high_usd) is not null as is_valued
    from events
    inner join evaluation_day on first_on <= day
),

-- a round without valuation gives way to a valuation of its last day or later
relevant as (
    select dated.*, max(first_on) filter (where is_valued) over (partition by firm_id, day) as valued_from
    from dated
    qualify is_valued or until > coalesce(valued_from, date '0001-01-01')
),

latest as (
    select relevant.*, max(first_on) over (partition by firm_id, day) as newest_on
    from relevant
    qualify until >= newest_on
)

select
    firm_id,
    day,
    case when count(*) = count(exact_usd) and min(exact_usd) = max(exact_usd) then max(exact_usd) end as usd,
    case when usd is null then min(coalesce(low_usd, 0)) end as usd_least,
    case when usd is null and count(*) = count(high_usd) then max(high_usd) end as usd_most,
    case when count(*) = count(exact_cny) and min(exact_cny) = max(exact_cny) then max(exact_cny) end as cny,
    case when cny is null then min(coalesce(low_cny, 0)) end as cny_least,
    case when cny is null and count(*) = count(high_cny) then max(high_cny) end as cny_most,
    max(first_on) filter (where is_valued) as valued_from,
    max(until) filter (where is_valued) as valued_until
from latest
group by all
