-- One row per firm and evaluation day: the facts that rules read. An unknown value is null, never zero or false.
-- key: firm_id, day
-- scope: firm
with delivered as (
    select
        coalesce(bool_or(feed = 'exception__lists'), false) as exceptions,
        coalesce(bool_or(feed = 'listing__events'), false) as listings,
        coalesce(bool_or(feed = 'financing__rounds'), false) as rounds,
        coalesce(bool_or(feed = 'control__changes'), false) as control_changes
    from deliveries
),

known_holders as (select day, list(designation) as designations from core_title__stated group by day),

firm_day as (
    select firm.*, evaluation_day.day, year(evaluation_day.day) - 1 as y0
    from core_firm as firm
    cross join evaluation_day
    where firm.founded_on is null or firm.founded_on <= evaluation_day.day
),

-- the last year before each day; of each year before it only the figures that some day asks for are joined
years as (select distinct year(day) - 1 as y0 from evaluation_day),

exceptions as (
    select
        firm_id,
        day,
        -- an entry of unknown kind may be of any kind, so it turns false into unknown
        coalesce(bool_or(fact = 'abnormal' and is_current), false) or nullif(bool_or(fact = 'unknown' and is_current), true) as is_abnormal,
        coalesce(bool_or(fact = 'dishonesty' and is_current), false) or nullif(bool_or(fact = 'unknown' and is_current), true)
            as is_dishonest,
        not bool_or(fact in ('offence', 'unknown')) as are_incidents_known,
        max(coalesce(happened_on, listed_on)) filter (where fact = 'incident') as last_incident_on,
        max(coalesce(happened_on, listed_on)) filter (where fact = 'misconduct') as last_misconduct_on,
        max(coalesce(happened_on, listed_on)) filter (where fact = 'offence') as last_offence_on,
        max(last_on) filter (where fact = 'dishonesty') as last_dishonesty_on,
        max(last_on) filter (where fact = 'debtor') as last_debtor_on,
        max(last_on) filter (where fact = 'tax') as last_tax_offence_on,
        max(last_on) filter (where fact = 'unknown') as last_unknown_list_on
    from (
        select
            core_firm__exceptions.*,
            day,
            removed_on is null or removed_on > day as is_current,
            -- an entry not yet removed counts as of the evaluation day, not of the day it was listed
            case when removed_on is null or removed_on > day then day else removed_on - 1 end as last_on
        from core_firm__exceptions
        cross join evaluation_day
    ) as listed
    where listed_on <= day
    group by all
),

rounds as (
    select
        firm_id,
        day,
        case when bool_or(is_institution) or count(*) = count(is_institution) then bool_or(is_institution) end as is_institution,
        case when count(*) = count(amount_usd_cents) then to_bigint(sum(amount_usd_cents)) end as total,
        case when total is null then to_bigint(sum(coalesce(amount_low_usd_cents, 0))) end as total_least,
        case when total is null and count(*) = count(amount_high_usd_cents) then to_bigint(sum(amount_high_usd_cents)) end as total_most,
        case when count(*) = count(amount_cny_fen) then to_bigint(sum(amount_cny_fen)) end as total_cny,
        case when total_cny is null then to_bigint(sum(coalesce(amount_low_cny_fen, 0))) end as total_cny_least,
        case when total_cny is null and count(*) = count(amount_high_cny_fen) then to_bigint(sum(amount_high_cny_fen)) end as total_cny_most,
        case when count(*) = count(amount_cny_fen) then max(amount_cny_fen) end as largest_cny,
        case when largest_cny is null then max(coalesce(amount_low_cny_fen, 0)) end as largest_cny_least,
        case when largest_cny is null and count(*) = count(amount_high_cny_fen) then max(amount_high_cny_fen) end as largest_cny_most,
        -- a round of unknown kind or amount makes the sum unknown; a round known to be later than A does not count
        case
            when bool_and(is_through_a is not null and (not is_through_a or amount_cny_fen is not null))
                then to_bigint(coalesce(sum(amount_cny_fen) filter (where is_through_a), 0))
        end as through_a_cny,
        case
            when through_a_cny is null then to_bigint(coalesce(sum(coalesce(amount_low_cny_fen, 0)) filter (where is_through_a), 0))
        end as through_a_cny_least,
        case
            when through_a_cny is null and bool_and(is_through_a is false or amount_high_cny_fen is not null)
                then to_bigint(sum(amount_high_cny_fen) filter (where is_through_a is distinct from false))
        end as through_a_cny_most
    from core_firm__rounds
    inner join evaluation_day on financed_on <= day
    group by all
),

peaks as (
    select firm_id, day, max(usd_cents) as usd_cents
    from (
        select firm_id, financed_on as valued_on, post_money_usd_cents as usd_cents from core_firm__rounds
        union all
        select firm_id, valued_on, valuation_usd_cents from core_firm__valuations
    ) as valuations
    inner join evaluation_day on valued_on <= day
    group by all
),

revoked as (
    select firm_id, day, max(issued_on) as revoked_on
    from core_title
    inner join ref_title_facts using (designation)
    inner join evaluation_day on issued_on <= day
    where firm_id is not null and fact = 'last_bad_record_on' and event = 'cancelled'
    group by all
),

control as (
    select firm_id, day, max(changed_on) as changed_on
    from core_firm__control
    inner join evaluation_day on changed_on <= day
    group by all
),

titles as (
    select
        firm_id,
        day,
        list(stated.designation) filter (where reading = 'held') as held,
        list(stated.designation) filter (where reading in ('held', 'otherwise')) as held_otherwise,
        list(stated.designation) filter (where reading in ('held', 'granted')) as granted,
        bool_or(fact is not null and reading in ('held', 'granted')) as has_applied
    from (
        select firm_id, designation, day, 'held' as reading from core_firm__held
        union all
        select firm_id, designation, day, 'otherwise' as reading from core_firm__held_otherwise
        union all
        select firm_id, designation, day, 'granted' as reading
        from core_title
        inner join evaluation_day on valid_from <= day
        where firm_id is not null and event = 'granted'
    ) as stated
    left join ref_title_facts on stated.designation = ref_title_facts.designation and fact = 'is_first_application'
    group by firm_id, day
),

-- the newest points of each kind that experts gave to an application of the year of the day
points as (
    select
        firm_id,
        day,
        arg_max(columns(given.* exclude (firm_id, year, seq, delivery_id, sheet, row_no)), {'seq': seq, 'row_no': row_no, 'sheet': sheet})
            as '\0'
    from core_firm__points as given
    inner join evaluation_day on year = year(day)
    group by all
)

select
    f.firm_id,
    f.day,
    firm_key(f.firm_id) as firm_key,
    try_cast(firm_key(f.firm_id) >> 56 as integer) as bucket,
    columns(y0.* exclude (firm_id, year, sources, basis)) as '\0_y0',
    columns(y1.* exclude (firm_id, year, sources, basis)) as '\0_y1',
    columns(y2.* exclude (firm_id, year, sources, basis)) as '\0_y2',
    columns(y3.* exclude (firm_id, year, sources, basis)) as '\0_y3',
    columns(y4.* exclude (firm_id, year, sources, basis)) as '\0_y4',
    columns(y5.* exclude (firm_id, year, sources, basis)) as '\0_y5',
    f.founded_on,
    is_living_on(f.is_living, f.ended_on, f.day) as is_living,
    f.is_branch,
    declared.* exclude (firm_id, day) replace (
        try_cast(national_award_rank as integer) as national_award_rank,
        try_cast(standard_drafter_rank as integer) as standard_drafter_rank,
        try_cast(market_rank_national as integer) as market_rank_national,
        try_cast(market_rank_global as integer) as market_rank_global,
        try_cast(national_award_rank_3y as integer) as national_award_rank_3y,
        try_cast(provincial_award_rank_3y as integer) as provincial_award_rank_3y,
        try_cast(contest_rank_3y as integer) as contest_rank_3y,
        case when titles.has_applied then false else is_first_application end as is_first_application
    ),
    f.industry_code,
    f.entity_kind,
    -- an entry decides by itself; that there is none is known from the lists alone
    case
        when exceptions.is_abnormal or (delivered.exceptions and exceptions.firm_id is not null) then exceptions.is_abnormal
        when delivered.exceptions then false
    end as is_on_abnormal_list,
    case
        when exceptions.is_dishonest or (delivered.exceptions and exceptions.firm_id is not null) then exceptions.is_dishonest
        when delivered.exceptions then false
    end as is_on_dishonesty_list,
    delivered.exceptions and coalesce(exceptions.are_incidents_known, true) as are_incidents_known,
    exceptions.last_incident_on as last_major_incident_on,
    -- true where a title is held; false where one was granted before, as its last day is then known, or its holders are; else null
    case
        when list_contains(titles.held, columns(is_held.*)) then true
        when list_contains(titles.granted, columns(is_held.*)) or list_contains(known_holders.designations, columns(is_held.*)) then false
    end,
    case
        when list_contains(titles.held_otherwise, columns(otherwise.*)) then true
        when list_contains(titles.granted, columns(otherwise.*)) or list_contains(known_holders.designations, columns(otherwise.*)) then false
    end,
    case
        when f.feed = 'listed__index' then true
        when shares.firm_id is not null then shares.is_listed
        when delivered.listings then false
    end as is_listed,
    case
        when shares.firm_id is not null then shares.is_on_main_board_or_chinext
        when delivered.listings and f.feed <> 'listed__index' then false
    end as is_on_main_board_or_chinext,
    shares.board as listing_board,
    case
        when rounds.firm_id is not null then rounds.is_institution
        when delivered.rounds then false
    end as has_institutional_investment,
    valued.usd as latest_post_money_usd_cents,
    valued.usd_least as latest_post_money_usd_cents_least,
    valued.usd_most as latest_post_money_usd_cents_most,
    case when valued.valued_from = valued.valued_until then valued.valued_from end as latest_round_on,
    case when valued.valued_from < valued.valued_until then valued.valued_from end as latest_round_on_least,
    case when valued.valued_from < valued.valued_until then valued.valued_until end as latest_round_on_most,
    rounds.total as financing_total_usd_cents,
    rounds.total_least as financing_total_usd_cents_least,
    rounds.total_most as financing_total_usd_cents_most,
    ip.ip_class1_count,
    ip.ip_class2_count,
    ip.ip_class2_unused_count,
    ip.ip_self_developed_count,
    ip.inventions_granted,
    ip.inventions_applied,
    ip.core_ip_count,
    ip.took_part_in_standards,
    valued.cny as latest_post_money_cny_fen,
    valued.cny_least as latest_post_money_cny_fen_least,
    valued.cny_most as latest_post_money_cny_fen_most,
    rounds.total_cny as financing_total_cny_fen,
    rounds.total_cny_least as financing_total_cny_fen_least,
    rounds.total_cny_most as financing_total_cny_fen_most,
    exceptions.last_misconduct_on,
    greatest(exceptions.last_dishonesty_on, revoked.revoked_on) as last_bad_record_on,
    case
        when y3.revenue_fen is not null then 4
        when y2.revenue_fen is not null then 3
        when y1.revenue_fen is not null then 2
        when y0.revenue_fen is not null then 1
        else 0
    end as revenue_reach_years,
    rounds.through_a_cny as financing_through_a_cny_fen,
    rounds.through_a_cny_least as financing_through_a_cny_fen_least,
    rounds.through_a_cny_most as financing_through_a_cny_fen_most,
    rounds.largest_cny as largest_round_cny_fen,
    rounds.largest_cny_least as largest_round_cny_fen_least,
    rounds.largest_cny_most as largest_round_cny_fen_most,
    peaks.usd_cents as peak_post_money_usd_cents,
    shares.listed_on,
    delivered.control_changes as are_control_changes_known,
    control.changed_on as control_changed_on,
    exceptions.last_dishonesty_on,
    exceptions.last_debtor_on,
    exceptions.last_tax_offence_on,
    exceptions.last_offence_on,
    exceptions.last_unknown_list_on,
    ip.patents_granted,
    ip.utility_and_software_count,
    points.* exclude (firm_id, day)
from firm_day as f
cross join delivered
cross join ref_held_facts as is_held
cross join ref_held_otherwise_facts as otherwise
left join exceptions on f.firm_id = exceptions.firm_id and f.day = exceptions.day
left join core_firm__listed as shares on f.firm_id = shares.firm_id and f.day = shares.day
left join rounds on f.firm_id = rounds.firm_id and f.day = rounds.day
left join core_firm__valued as valued on f.firm_id = valued.firm_id and f.day = valued.day
left join peaks on f.firm_id = peaks.firm_id and f.day = peaks.day
left join core_firm__ip_counts as ip on f.firm_id = ip.firm_id and f.day = ip.day
left join core_firm__declared as declared on f.firm_id = declared.firm_id and f.day = declared.day
left join titles on f.firm_id = titles.firm_id and f.day = titles.day
left join revoked on f.firm_id = revoked.firm_id and f.day = revoked.day
left join known_holders on f.day = known_holders.day
left join points on f.firm_id = points.firm_id and f.day = points.day
left join control on f.firm_id = control.firm_id and f.day = control.day
-- the years last: each has dozens of columns, which every join after it would carry along
left join (select * from core_firm__yearly where year in (select y0 from years)) as y0 on f.firm_id = y0.firm_id and f.y0 = y0.year
left join (select * from core_firm__yearly where year in (select y0 - 1 from years)) as y1 on f.firm_id = y1.firm_id and f.y0 - 1 = y1.year
left join (select * from core_firm__yearly where year in (select y0 - 2 from years)) as y2 on f.firm_id = y2.firm_id and f.y0 - 2 = y2.year
left join (select * from core_firm__yearly where year in (select y0 - 3 from years)) as y3 on f.firm_id = y3.firm_id and f.y0 - 3 = y3.year
left join (select * from core_firm__yearly where year in (select y0 - 4 from years)) as y4 on f.firm_id = y4.firm_id and f.y0 - 4 = y4.year
left join (select * from core_firm__yearly where year in (select y0 - 5 from years)) as y5 on f.firm_id = y5.firm_id and f.y0 - 5 = y5.year
