-- U11: the first digits of the revenues in one delivery are far from their usual distribution (Benford).
-- key: delivery_id
-- scope: zone
with digits as (
    select delivery_id, try_cast(left(revenue_fen::varchar, 1) as integer) as digit from stg_zone__yearly
    where revenue_fen > 0
),

counted as materialized (select delivery_id, digit, count(*) as amounts from digits group by all),

shares as (
    select delivery_id, digit, amounts / sum(amounts) over (partition by delivery_id) as share,
        sum(amounts) over (partition by delivery_id) as amounts
    from counted
),

expected as (select unnest(range(1, 10)) as digit),

deviations as (
    select s.delivery_id, any_value(s.amounts) as amounts,
        (sum(abs(s.share - log10(1 + 1 / e.digit))) + 1 - sum(log10(1 + 1 / e.digit))) / 9 as deviation
    from shares as s
    inner join expected as e using (digit)
    group by all
)

select delivery_id, null::varchar as sheet, null::bigint as row_no, 'revenue' as field, round(deviation, 4) as value
from deviations
where amounts >= threshold('digits_fewest') and deviation > threshold('digits_deviation')
