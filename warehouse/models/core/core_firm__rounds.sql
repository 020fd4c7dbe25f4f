-- One row per financing round of a firm, in US cents and in fen, at the mean rate of the round's year or, where it has none, of the
-- newest year before it.
-- key: firm_id, financed_on, round
-- scope: firm
with rounds as (
    select stg.*, match.firm_id from stg_financing__rounds as stg
    inner join core_mention__match as match on mention_key(stg.delivery_id, stg.sheet, stg.row_no) = match.mention_id
    where match.firm_id is not null
    qualify row_number() over (
        partition by match.firm_id, financed_on, round order by seq desc, stg.row_no desc, stg.sheet desc
    ) = 1
),

rates as (
    select rate.currency, rate.year, rate.yuan, usd.yuan as yuan_of_usd
    from core_rate as rate
    inner join core_rate as usd on rate.year = usd.year and usd.currency = 'USD'
),

dated as (
    select
        rounds.*,
        (
            select {'yuan': rate.yuan, 'yuan_of_usd': rate.yuan_of_usd} from rates as rate
            where rate.currency = rounds.amount_currency and rate.year <= year(rounds.financed_on)
            order by rate.year desc limit 1
        ) as amount_rate,
        (
            select {'yuan': rate.yuan, 'yuan_of_usd': rate.yuan_of_usd} from rates as rate
            where rate.currency = rounds.post_money_currency and rate.year <= year(rounds.financed_on)
            order by rate.year desc limit 1
        ) as post_money_rate
    from rounds
),

converted as (
    select
        dated.*,
        converted(amount_cents, amount_rate.yuan, amount_rate.yuan_of_usd) as amount_usd_cents,
        converted(amount_cents, amount_rate.yuan, 1) as amount_cny_fen,
        converted(post_money_cents, post_money_rate.yuan, post_money_rate.yuan_of_usd) as post_money_usd_cents,
        converted(post_money_cents, post_money_rate.yuan, 1) as post_money_cny_fen
    from dated
)

select
    converted.firm_id,
    converted.financed_on,
    converted.round,
    converted.amount_text,
    converted.amount_usd_cents,
    converted.amount_cny_fen,
    converted.post_money_text,
    converted.post_money_usd_cents,
    converted.post_money_cny_fen,
    ref_investor_kinds.is_institution,
    ref_round_kinds.is_through_a,
    converted.delivery_id,
    converted.sheet,
    converted.row_no
from converted
left join ref_investor_kinds on name_norm(converted.investor_kind) = ref_investor_kinds.investor_kind
left join ref_round_kinds on upper(trim(converted.round)) = upper(ref_round_kinds.round)
