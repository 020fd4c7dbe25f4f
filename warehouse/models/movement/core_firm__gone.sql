-- One row per firm that is not there any more on the day: dissolved or moved out of the zone (ref_endings), and since when; gone_on is
-- null where no source tells the day, which is after seen_on, the last day of which a list or a yearly report speaks.
-- key: firm_id
-- scope: firm
with moved as (
    select firm_id, max(changed_on) as moved_on
    from core_firm__changes
    inner join parameter on core_firm__changes.changed_on <= parameter.day
    where change_kind = 'moved_whole'
    group by firm_id
),

signs as (
    select firm_id, valid_from as seen_on
    from core_title
    inner join parameter on core_title.valid_from <= parameter.day
    where firm_id is not null and event in ('granted', 'renewed')
    union all
    select firm_id, make_date(year, 12, 31) as seen_on
    from core_firm__yearly
    inner join parameter on make_date(core_firm__yearly.year, 12, 31) <= parameter.day
),

last_sign as (
    select firm_id, max(seen_on) as seen_on from signs
    group by firm_id
)

select
    firm.firm_id,
    case when firm.status = 'moved_out' then 'left_zone' else 'dissolved' end as ending,
    case when firm.status = 'moved_out' then moved.moved_on else firm.ended_on end as gone_on,
    last_sign.seen_on
from core_firm as firm
cross join parameter
left join moved using (firm_id)
left join last_sign using (firm_id)
where not is_living_on(firm.is_living, firm.ended_on, parameter.day)
