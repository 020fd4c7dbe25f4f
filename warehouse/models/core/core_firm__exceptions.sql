-- One row per entry of a firm in an exception list, with the fact it bears on; the newest delivery gives the day of removal.
-- key: firm_id, list_kind, listed_on
-- scope: firm
with listed as (
    select list_kind, listed_on, removed_on, happened_on, delivery_id, sheet, row_no, seq from stg_exception__lists
    union all
    select '失信被执行人' as list_kind, listed_on, removed_on, null::date as happened_on, delivery_id, sheet, row_no, seq from stg_exception__court
    union all
    select '重大税收违法' as list_kind, listed_on, removed_on, null::date as happened_on, delivery_id, sheet, row_no, seq from stg_exception__tax
)

select
    match.firm_id,
    listed.list_kind,
    coalesce(ref_exception_kinds.fact, 'unknown') as fact,
    listed.listed_on,
    listed.removed_on,
    listed.happened_on,
    listed.delivery_id,
    listed.sheet,
    listed.row_no
from listed
inner join core_mention__match as match
    on mention_key(listed.delivery_id, listed.sheet, listed.row_no) = match.mention_id
left join ref_exception_kinds on name_norm(listed.list_kind) = ref_exception_kinds.list_kind
where match.firm_id is not null
qualify row_number() over (
    partition by match.firm_id, listed.list_kind, listed.listed_on order by seq desc, listed.row_no desc, listed.sheet desc
) = 1
