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

known_holders as (
    select
        day,
        bool_or(fact = 'holds_hnte') as hnte,
        bool_or(fact = 'holds_tech_sme') as tech_sme,
        bool_or(fact = 'holds_srdi') as srdi,
        bool_or(fact = 'holds_innovative_sme') as innovative_sme
    from core_title__stated
    inner join ref_title_facts using (designation)
    group by day
),

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

held_otherwise as (
    select firm_id, day
    from core_firm__held_otherwise
    inner join ref_title_facts using (designation)
    where fact = 'holds_tech_sme_otherwise'
),

control as (
    select firm_id, day, max(changed_on) as changed_on
    from core_firm__control
    inner join evaluation_day on changed_on <= day
    group by all
),

-- true where a title is held; false where one was granted before, as its last day is then known; else null
titles as (
    select
        firm_id,
        day,
        bool_or(is_held) filter (where fact = 'holds_hnte') as hnte,
        bool_or(is_held) filter (where fact = 'holds_tech_sme') as tech_sme,
        bool_or(is_held) filter (where fact = 'holds_srdi') as srdi,
        bool_or(is_held) filter (where fact = 'holds_innovative_sme') as innovative_sme,
        bool_or(is_held) filter (where fact = 'is_first_application') is not null as has_applied
    from (
        select firm_id, designation, day, true as is_held from core_firm__held
        union all
        select firm_id, designation, day, false as is_held
        from core_title
        inner join evaluation_day on valid_from <= day
        where firm_id is not null and event = 'granted'
    ) as granted
    left join ref_title_facts using (designation)
    group by firm_id, day
),

-- the newest points of each kind that experts gave to an application of the year of the day
points as (
    select
        firm_id,
        day,
        arg_max(hnte_points_advanced, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as hnte_points_advanced,
        arg_max(hnte_points_support, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as hnte_points_support,
        arg_max(hnte_points_ip_count, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as hnte_points_ip_count,
        arg_max(hnte_points_ip_obtained, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as hnte_points_ip_obtained,
        arg_max(hnte_points_standards, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as hnte_points_standards,
        arg_max(hnte_points_conversions, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as hnte_points_conversions,
        arg_max(hnte_points_management, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as hnte_points_management,
        arg_max(hnte_points_net_asset_growth, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as hnte_points_net_asset_growth,
        arg_max(hnte_points_sales_growth, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as hnte_points_sales_growth,
        arg_max(hnte_points_total, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as hnte_points_total,
        arg_max(innovative_points_innovation, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as innovative_points_innovation,
        arg_max(innovative_points_growth, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as innovative_points_growth,
        arg_max(innovative_points_specialisation, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as innovative_points_specialisation,
        arg_max(innovative_points_total, {'seq': seq, 'row_no': row_no, 'sheet': sheet}) as innovative_points_total
    from core_firm__points
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
    declared.is_resident,
    declared.has_sound_accounts,
    declared.is_restricted_industry,
    declared.is_large_group_outpost,
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
    coalesce(titles.hnte, case when known_holders.hnte then false end) as holds_hnte,
    coalesce(titles.tech_sme, case when known_holders.tech_sme then false end) as holds_tech_sme,
    coalesce(titles.tech_sme or held_otherwise.firm_id is not null, case when known_holders.tech_sme then false end)
        as holds_tech_sme_otherwise,
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
    try_cast(declared.national_award_rank as integer) as national_award_rank,
    declared.has_provincial_rd_institution,
    try_cast(declared.standard_drafter_rank as integer) as standard_drafter_rank,
    ip.ip_class1_count,
    ip.ip_class2_count,
    ip.ip_class2_unused_count,
    ip.ip_self_developed_count,
    ip.inventions_granted,
    ip.inventions_applied,
    ip.core_ip_count,
    ip.took_part_in_standards,
    try_cast(declared.market_rank_national as integer) as market_rank_national,
    try_cast(declared.market_rank_global as integer) as market_rank_global,
    declared.indicators_above_gdp,
    declared.is_future_industry,
    coalesce(titles.srdi, case when known_holders.srdi then false end) as holds_srdi,
    coalesce(titles.innovative_sme, case when known_holders.innovative_sme then false end) as holds_innovative_sme,
    valued.cny as latest_post_money_cny_fen,
    valued.cny_least as latest_post_money_cny_fen_least,
    valued.cny_most as latest_post_money_cny_fen_most,
    rounds.total_cny as financing_total_cny_fen,
    rounds.total_cny_least as financing_total_cny_fen_least,
    rounds.total_cny_most as financing_total_cny_fen_most,
    declared.new_equity_2y_fen,
    declared.new_equity_3y_fen,
    declared.niche_years,
    declared.market_share_pct,
    declared.quality_score,
    declared.credit_score,
    declared.phd_staff,
    declared.led_standards,
    declared.is_strategic_emerging,
    declared.is_controlled_by_listed,
    declared.has_recent_award,
    declared.is_demonstration_firm,
    try_cast(declared.national_award_rank_3y as integer) as national_award_rank_3y,
    try_cast(declared.provincial_award_rank_3y as integer) as provincial_award_rank_3y,
    try_cast(declared.contest_rank_3y as integer) as contest_rank_3y,
    declared.is_in_gazelle_pool,
    declared.is_independent,
    declared.has_core_technology_product,
    case when titles.has_applied then false else declared.is_first_application end as is_first_application,
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
    declared.national_award_on,
    declared.national_award_3y_on,
    declared.provincial_award_3y_on,
    declared.contest_3y_on,
    declared.recent_award_on,
    declared.standard_on,
    declared.new_equity_2y_on,
    declared.new_equity_3y_on,
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
left join exceptions on f.firm_id = exceptions.firm_id and f.day = exceptions.day
left join core_firm__listed as shares on f.firm_id = shares.firm_id and f.day = shares.day
left join rounds on f.firm_id = rounds.firm_id and f.day = rounds.day
left join core_firm__valued as valued on f.firm_id = valued.firm_id and f.day = valued.day
left join peaks on f.firm_id = peaks.firm_id and f.day = peaks.day
left join core_firm__ip_counts as ip on f.firm_id = ip.firm_id and f.day = ip.day
left join core_firm__declared as declared on f.firm_id = declared.firm_id and f.day = declared.day
left join titles on f.firm_id = titles.firm_id and f.day = titles.day
left join held_otherwise on f.firm_id = held_otherwise.firm_id and f.day = held_otherwise.day
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
