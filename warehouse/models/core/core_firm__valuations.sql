-- One row per valuation of a firm and source, in US cents and in fen, at the mean rate of its year or of the newest year before it
-- (rate_year). A valuation before the money is none of the firm with it. Of an unchanged valuation in a list the first day counts.
-- key: firm_id, valued_on, source
-- scope: firm
with valuations as (
    select stg.*, match.firm_id
    from stg_financing__valuations as stg
    inner join core_mention__match as match on mention_key(stg.delivery_id, stg.sheet, stg.row_no) = match.mention_id
    where match.firm_id is not null and basis is distinct from '投前'
    qualify row_number() over (
        partition by match.firm_id, valued_on, source order by seq desc, stg.row_no desc, stg.sheet desc
    ) = 1
),

first_stated as (
    select * from valuations
    qualify basis is distinct from '榜单' or row_number() over (
        partition by firm_id, basis, valuation_low_cents, valuation_high_cents, valuation_currency order by valued_on, source
    ) = 1
),

rates as (
    select rate.currency, rate.year, rate.yuan, usd.yuan as yuan_of_usd
    from core_rate as rate
    inner join core_rate as usd on rate.year = usd.year and usd.currency = 'USD'
),

dated as (
    select
        first_stated.*,
        (
            select {'year': rate.year, 'yuan': rate.yuan, 'yuan_of_usd': rate.yuan_of_usd} from rates as rate
            where rate.currency = first_stated.valuation_currency and rate.year <= year(first_stated.valued_on)
            order by rate.year desc limit 1
        ) as rate
    from first_stated
)

select
    firm_id,
    valued_on,
    last_day_of(valued_on, valued_precision) as valued_by,
    source,
    basis,
    valuation_text,
    converted(valuation_cents, rate.yuan, rate.yuan_of_usd) as valuation_usd_cents,
    converted(valuation_cents, rate.yuan, 1) as valuation_cny_fen,
    converted(valuation_low_cents, rate.yuan, rate.yuan_of_usd) as valuation_low_usd_cents,
    converted(valuation_low_cents, rate.yuan, 1) as valuation_low_cny_fen,
    converted(valuation_high_cents, rate.yuan, rate.yuan_of_usd) as valuation_high_usd_cents,
    converted(valuation_high_cents, rate.yuan, 1) as valuation_high_cny_fen,
    rate.year as rate_year,
    delivery_id,
    sheet,
    row_no
from dated
where valued_on is not null
