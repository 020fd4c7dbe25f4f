-- One row per listing event of a firm's own shares; events of subsidiaries and parents, and filings for a listing, are left out. An unknown word for board,
-- event or relation leaves its column null.
-- key: firm_id, stock_code, event, event_on
-- scope: firm
select
    match.firm_id,
    stg.stock_code,
    coalesce(boards.kind, trim(stg.board)) as board,
    boards.is_listed as is_listed_board,
    boards.is_main_or_chinext,
    coalesce(relations.is_own, false) as is_own,
    stg.event,
    events.is_listing,
    stg.event_on,
    stg.delivery_id,
    stg.sheet,
    stg.row_no
from stg_listing__events as stg
inner join core_mention__match as match
    on mention_key(stg.delivery_id, stg.sheet, stg.row_no) = match.mention_id
left join ref_boards as boards on name_norm(stg.board) = boards.board
left join ref_listing_events as events on name_norm(stg.event) = events.event
left join ref_listing_relations as relations on name_norm(stg.relation) = relations.relation
where coalesce(relations.is_own, true) and match.firm_id is not null and events.is_filing is not true
qualify row_number() over (partition by match.firm_id, stg.stock_code, stg.event, stg.event_on order by stg.seq desc, stg.row_no asc, stg.sheet asc) = 1
