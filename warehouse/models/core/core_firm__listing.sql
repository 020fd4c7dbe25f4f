-- A firm's own listings and delistings; those of a subsidiary or parent are not its own.
-- grain: firm_id, stock_code, event, event_on
select
    match.firm_id,
    stg.stock_code,
    stg.board,
    coalesce(ref_boards.is_listed, true) as is_listed_board,
    stg.event,
    stg.event = '上市' as is_listing,
    stg.event_on,
    stg.delivery_id,
    stg.row_no
from stg_listing__events as stg
inner join core_mention__match as match
    on mention_key(stg.delivery_id, stg.sheet, stg.row_no) = match.mention_id
left join ref_boards on stg.board = ref_boards.board
where stg.relation = '本企业' and match.firm_id is not null
qualify row_number() over (partition by match.firm_id, stg.stock_code, stg.event, stg.event_on order by seq desc, stg.row_no asc) = 1
