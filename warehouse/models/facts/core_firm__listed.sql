-- One row per firm and evaluation day: whether its own shares are listed, on which board and since when.
-- key: firm_id, day
-- scope: firm
with own_shares as (
    -- the last event of each share; delisting and listing on one day is a change of board: listed
    select
        firm_id,
        day,
        board,
        event_on,
        case when is_listing is false or is_listed_board is false then false when is_own then is_listing and is_listed_board end
            as is_listed,
        is_main_or_chinext
    from core_firm__listing
    inner join evaluation_day on event_on <= day
    qualify row_number() over (partition by firm_id, day, stock_code order by event_on desc, is_listing desc nulls first) = 1
)

-- one listed share suffices; unknown where none is known to be listed and one is unknown
select
    firm_id,
    day,
    case when bool_or(is_listed) then true when count(*) = count(is_listed) then false end as is_listed,
    case
        when bool_or(is_listed and is_main_or_chinext) then true
        when count(*) = count(is_listed and is_main_or_chinext) then false
    end as is_on_main_board_or_chinext,
    coalesce(max_by(board, event_on) filter (where is_listed), max_by(board, event_on)) as board,
    min(event_on) filter (where is_listed) as listed_on
from own_shares
group by all
