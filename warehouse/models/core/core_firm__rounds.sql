-- One row per financing round of a firm, in US cents and in fen, at the mean rate of the round's year or, where it has none, of the
-- newest year before it (amount_rate_year, post_money_rate_year). An amount that is no exact one has its ends, null where open.
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
            select {'year': rate.year, 'yuan': rate.yuan, 'yuan_of_usd': rate.yuan_of_usd} from rates as rate
            where rate.currency = rounds.amount_currency and rate.year <= year(rounds.financed_on)
            order by rate.year desc limit 1
        ) as amount_rate,
        (
            select {'year': rate.year, 'yuan': rate.yuan, 'yuan_of_usd': rate.yuan_of_usd} from rates as rate
            where rate.currency = rounds.post_money_currency and rate.year <= year(rounds.financed_on)
            order by rate.year desc limit 1
        ) as post_money_rate
    from rounds
),

converted_rounds as (
    select
        dated.*,
        last_day_of(financed_on, financed_precision) as financed_by,
        converted(amount_cents, amount_rate.yuan, amount_rate.yuan_of_usd) as amount_usd_cents,
        converted(amount_cents, amount_rate.yuan, 1) as amount_cny_fen,
        converted(amount_low_cents, amount_rate.yuan, amount_rate.yuan_of_usd) as amount_low_usd_cents,
        converted(amount_low_cents, amount_rate.yuan, 1) as amount_low_cny_fen,
        converted(amount_high_cents, amount_rate.yuan, amount_rate.yuan_of_usd) as amount_high_usd_cents,
        converted(amount_high_cents, amount_rate.yuan, 1) as amount_high_cny_fen,
        converted(post_money_cents, post_money_rate.yuan, post_money_rate.yuan_of_usd) as post_money_usd_cents,
        converted(post_money_cents, post_money_rate.yuan, 1) as post_money_cny_fen,
        converted(post_money_low_cents, post_money_rate.yuan, post_money_rate.yuan_of_usd) as post_money_low_usd_cents,
        converted(post_money_low_cents, post_money_rate.yuan, 1) as post_money_low_cny_fen,
        converted(post_money_high_cents, post_money_rate.yuan, post_money_rate.yuan_of_usd) as post_money_high_usd_cents,
        converted(post_money_high_cents, post_money_rate.yuan, 1) as post_money_high_cny_fen
    from dated
)

select
    rounds.firm_id,
    rounds.financed_on,
    rounds.financed_by,
    rounds.round,
    rounds.amount_text,
    rounds.amount_usd_cents,
    rounds.amount_cny_fen,
    rounds.amount_low_usd_cents,
    rounds.amount_low_cny_fen,
    rounds.amount_high_usd_cents,
    rounds.amount_high_cny_fen,
    rounds.amount_rate.year as amount_rate_year,
    rounds.post_money_text,
    rounds.post_money_usd_cents,
    rounds.post_money_cny_fen,
    rounds.post_money_low_usd_cents,
    rounds.post_money_low_cny_fen,
    rounds.post_money_high_usd_cents,
    rounds.post_money_high_cny_fen,
    rounds.post_money_rate.year as post_money_rate_year,
    investors.is_institution,
    ref_round_kinds.is_through_a,
    rounds.delivery_id,
    rounds.sheet,
    rounds.row_no
from converted_rounds as rounds
left join (
    select
        words.investor_kind,
        -- of several kinds one institution suffices; false where all are known to be none
        case when bool_or(ref_investor_kinds.is_institution) then true when count(*) = count(ref_investor_kinds.is_institution) then false end
            as is_institution
    from (
        select
            written.investor_kind,
            unnest(investor_words(written.investor_kind)) as word
        from (select distinct investor_kind from rounds where investor_kind is not null) as written
    ) as words
    left join ref_investor_kinds on name_norm(words.word) = ref_investor_kinds.investor_kind
    group by words.investor_kind
) as investors on rounds.investor_kind = investors.investor_kind
left join ref_round_kinds on upper(trim(rounds.round)) = upper(ref_round_kinds.round)
