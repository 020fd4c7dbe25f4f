-- One row per fact of the rules: who has the figure, the firm itself or the publisher of the feed it comes in.
-- key: fact
-- scope: zone
with topics as (
    select ref_facts.fact, coalesce(ref_fact_topics.topic, 'yearly') as topic
    from ref_facts
    left join ref_fact_topics using (fact)
)

select
    topics.fact,
    feed.feed,
    owner_zh(case when owner.asked = 'firm' then wording_firm_itself_zh() else feed.publisher_zh end, feed.zh) as owner_zh,
    owner_en(case when owner.asked = 'firm' then wording_firm_itself_en() else feed.publisher_en end, feed.en) as owner_en
from topics
left join ref_topic_owners as owner using (topic)
inner join ref_feeds as feed on coalesce(owner.feed, replace(topics.topic, 'title ', 'recognition__')) = feed.feed
