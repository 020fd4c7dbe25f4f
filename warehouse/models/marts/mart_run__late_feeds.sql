-- One row per feed: when its next delivery is expected, whether it is late and by how many days, and what rests on it.
-- key: feed
-- scope: zone
with covered as (
    select
        deliveries.feed,
        max(coalesce(
            case feed.period_kind
                when 'year' then make_date(parse_year(period), 12, 31)
                when 'month' then last_day(try_strptime(parse_month(period), '%Y%m')::date)
                else parse_date(period)
            end,
            received_at::date
        )) as covered_until
    from deliveries
    inner join ref_feeds as feed using (feed)
    group by deliveries.feed
),

due as (
    select
        feed.*,
        covered.covered_until,
        months_later(covered.covered_until, feed.step_months) + feed.step_days as next_until,
        months_later(next_until, feed.due_months) + feed.due_days as expected_by,
        expected_by + feed.grace_days as late_after
    from ref_feeds as feed
    left join covered using (feed)
),

fact as (
    select fact, topic from ref_fact_topics
    union all
    select fact, 'yearly' as topic from ref_facts
    where ago is not null
),

fact_feed as (
    select fact.fact, topic_feed.feed, topic_feed.of_listed_firms
    from fact
    inner join ref_topic_feeds as topic_feed using (topic)
    union
    select fact.fact, feed.feed, false as of_listed_firms
    from fact
    inner join ref_feeds as feed on fact.topic = 'title ' || feed.designation
),

-- the designations whose deciding edition asks for a fact of the feed, or whose holders it lists
needed as (
    select fact_feed.feed, edition.designation
    from ref_verdict_columns as edition
    inner join parameter using (day)
    inner join ref_condition_facts using (edition_id)
    inner join fact_feed using (fact)
    where edition.is_selected
    union
    select feed, designation from ref_feeds
    where designation is not null
),

needs as (
    select
        needed.feed,
        list(designation.designation order by designation.rank nulls last, designation.designation) as designations,
        string_agg(designation.zh, wording_between_names_zh() order by designation.rank nulls last, designation.designation) as designations_zh,
        string_agg(designation.en, wording_between_names_en() order by designation.rank nulls last, designation.designation) as designations_en
    from needed
    inner join ref_designations as designation using (designation)
    where designation.rank is not null or designation.designation in (select feed.designation from ref_feeds as feed)
    group by needed.feed
),

undecided as (
    select fact_feed.feed, count(distinct verdict.firm_id) as firms_undecided
    from core_tiers__ladder_verdicts as verdict
    inner join parameter using (day)
    inner join fact_feed on verdict.missing_fact = fact_feed.fact
    inner join core_firm as firm on verdict.firm_id = firm.firm_id
    where verdict.outcome = 'unknown' and (firm.stock_code is not null or not fact_feed.of_listed_firms)
    group by fact_feed.feed
)

select
    due.feed,
    due.zh,
    due.en,
    due.publisher_zh,
    due.publisher_en,
    due.every,
    due.covered_until,
    due.next_until,
    due.expected_by,
    due.late_after,
    case
        when due.step_months is null then 'on_event'
        when due.covered_until is null then 'never'
        when parameter.day > due.late_after then 'late'
        when parameter.day > due.expected_by then 'in_grace'
        else 'on_time'
    end as state,
    case when state in ('late', 'in_grace') then parameter.day - due.expected_by end::integer as days_late,
    coalesce(needs.designations, []) as designations,
    coalesce(needs.designations_zh, '') as designations_zh,
    coalesce(needs.designations_en, '') as designations_en,
    coalesce(undecided.firms_undecided, 0)::bigint as firms_undecided
from due
cross join parameter
left join needs using (feed)
left join undecided using (feed)
