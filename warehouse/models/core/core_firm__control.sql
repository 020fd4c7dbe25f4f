-- One row per firm and day on which control of it passed to an acquirer.
-- key: firm_id, changed_on
-- scope: firm
select
    match.firm_id,
    stg.changed_on,
    stg.acquirer,
    stg.delivery_id,
    stg.sheet,
    stg.row_no
from stg_control__changes as stg
inner join core_mention__match as match
    on mention_key(stg.delivery_id, stg.sheet, stg.row_no) = match.mention_id
where match.firm_id is not null
qualify row_number() over (partition by match.firm_id, stg.changed_on order by seq desc, stg.row_no desc, stg.sheet desc) = 1
