-- Listings in exception lists with the fact each one touches; a removal in a later delivery counts.
-- grain: firm_id, list_kind, listed_on
with listed as (
    select uscc, list_kind, listed_on, removed_on, delivery_id, row_no, seq from stg_exception__lists
    union all
    select uscc, '失信被执行人' as list_kind, listed_on, removed_on, delivery_id, row_no, seq from stg_exception__court
    union all
    select uscc, '重大税收违法' as list_kind, listed_on, removed_on, delivery_id, row_no, seq from stg_exception__tax
)

select
    firm.firm_id,
    listed.list_kind,
    coalesce(ref_exception_kinds.fact, 'other') as fact,
    listed.listed_on,
    listed.removed_on,
    listed.delivery_id,
    listed.row_no
from listed
inner join core_firm as firm using (uscc)
left join ref_exception_kinds on listed.list_kind = ref_exception_kinds.list_kind
qualify row_number() over (partition by uscc, listed.list_kind, listed.listed_on order by seq desc, listed.row_no desc) = 1
