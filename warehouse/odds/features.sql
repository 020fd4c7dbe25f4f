-- One row per living firm, kind and title on getvariable('odds_day'): what like firms are grouped by. reach: a rung above the highest held;
-- lose: a rung held. Of the firms of the slices from getvariable('odds_first') to getvariable('odds_last'), of all where these are null. Macros and tables are those of a build, or of the past in front of it.
with firm as (
    select
        firm_id,
        firm_key,
        founded_on,
        (revenue_fen_y0 - revenue_fen_y1) / nullif(revenue_fen_y1, 0)::double as growth
    from core_firm__facts
    where day = getvariable('odds_day') and coalesce(is_living, true) and bucket between coalesce(getvariable('odds_first'), bucket) and coalesce(getvariable('odds_last'), bucket)
),

title as (
    select held.firm_id, held.designation, rung.rank, held.valid_to
    from core_firm__held as held
    semi join firm using (firm_id)
    inner join ref_designations as rung using (designation)
    where held.day = getvariable('odds_day') and rung.rank is not null
),

highest as (
    select firm_id, arg_max(designation, rank) as designation, max(rank) as rank from title group by firm_id
),

first_grant as (
    select firm_id, designation, min(valid_from) as granted_on
    from core_title
    semi join firm using (firm_id)
    where event in ('granted', 'renewed') and valid_from <= getvariable('odds_day')
    group by all
),

noticed as (
    select distinct notice.firm_id, notice.designation
    from core_title as notice
    semi join firm using (firm_id)
    where notice.event = 'notice'
        and notice.issued_on between getvariable('odds_day') - to_months(getvariable('odds_months')::integer) and getvariable('odds_day')
        and not exists (
            select 1 from core_title as grant_of_it
            where grant_of_it.firm_id = notice.firm_id
                and grant_of_it.designation = notice.designation
                and grant_of_it.event in ('granted', 'renewed')
                and grant_of_it.valid_from between notice.issued_on and getvariable('odds_day')
        )
),

rung_of_firm as (
    select
        firm.firm_id,
        'reach' as kind,
        rung.designation,
        row_number() over (partition by firm.firm_id order by rung.rank) = 1 as is_nearest,
        highest.designation as held,
        noticed.firm_id is not null as is_pending
    from firm
    left join highest using (firm_id)
    inner join ref_designations as rung on coalesce(highest.rank, 0) < rung.rank
    left join noticed on firm.firm_id = noticed.firm_id and rung.designation = noticed.designation
    union all
    select
        firm.firm_id,
        'lose' as kind,
        title.designation,
        title.rank = highest.rank as is_nearest,
        highest.designation as held,
        coalesce(title.valid_to < getvariable('odds_day') + to_months(getvariable('odds_months')::integer), false) as is_pending
    from firm
    inner join title using (firm_id)
    inner join highest using (firm_id)
)

select
    rung.firm_id,
    firm.firm_key,
    getvariable('odds_day') as day,
    rung.kind,
    rung.designation,
    rung.is_nearest,
    rung.held,
    rung.is_pending,
    verdict.outcome,
    verdict.gap_share,
    firm.growth,
    date_diff('day', coalesce(first_grant.granted_on, firm.founded_on), getvariable('odds_day')) / 365.25 as years_in_rung
from rung_of_firm as rung
inner join firm using (firm_id)
left join odds_verdict as verdict on rung.firm_id = verdict.firm_id and rung.designation = verdict.designation
left join first_grant
    on rung.firm_id = first_grant.firm_id
    and case rung.kind when 'lose' then rung.designation else rung.held end = first_grant.designation
