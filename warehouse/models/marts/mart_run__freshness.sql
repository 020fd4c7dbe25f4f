-- One row per feed: its newest delivery, and its accounts (rows read = loaded + quarantined + not data).
-- key: feed
-- scope: zone
select
    feed.feed,
    feed.zh,
    feed.en,
    count(deliveries.delivery_id) as deliveries,
    max(deliveries.received_at) as newest_received_at,
    coalesce(sum(accounts.rows_read), 0)::bigint as rows_read,
    coalesce(sum(accounts.rows_loaded), 0)::bigint as rows_loaded,
    coalesce(sum(accounts.rows_quarantined), 0)::bigint as rows_quarantined,
    coalesce(sum(accounts.rows_not_data), 0)::bigint as rows_not_data,
    coalesce(sum(accounts.rows_waiting), 0)::bigint as rows_waiting,
    coalesce(sum(accounts.rows_rejected + accounts.rows_accepted + accounts.rows_corrected), 0)::bigint as rows_decided,
    max(deliveries.period) as newest_period
from ref_feeds as feed
left join deliveries on feed.feed = deliveries.feed
left join accounts on deliveries.delivery_id = accounts.delivery_id
group by all
