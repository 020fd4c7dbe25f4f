-- Listings in exception lists with the fact each one touches; a removal in a later delivery counts.
-- grain: firm_id, list_kind, listed_on
select
    firm.firm_id,
    stg.list_kind,
    coalesce(ref_exception_kinds.fact, 'other') as fact,
    stg.listed_on,
    stg.removed_on,
    stg.delivery_id,
    stg.row_no
from stg_exception__lists as stg
inner join core_firm as firm using (uscc)
left join ref_exception_kinds on stg.list_kind = ref_exception_kinds.list_kind
qualify row_number() over (partition by uscc, stg.list_kind, stg.listed_on order by seq desc, stg.row_no desc) = 1
