-- The days on which control of a firm passed to another.
-- grain: firm_id, changed_on
select
    firm.firm_id,
    stg.changed_on,
    stg.acquirer,
    stg.delivery_id,
    stg.row_no
from stg_control__changes as stg
inner join core_firm as firm using (uscc)
qualify row_number() over (partition by uscc, stg.changed_on order by seq desc, stg.row_no desc) = 1
