-- One row per firm and evaluation day: what it declares for the year of the day, else for the year before. What a declaration
-- dates (awards, standards, equity) is kept from earlier years too, for the conditions to count by its day.
-- key: firm_id, day
-- scope: firm
-- The year of the newest alone: the newest row by a window carries every column through its aggregation.
with newest_year as (
    select firm_id, day, max(year) as year
    from core_firm__declarations
    inner join evaluation_day on year between year(day) - 1 and year(day)
    group by firm_id, day
),

newest as (
    select core_firm__declarations.*, newest_year.day
    from newest_year
    inner join core_firm__declarations using (firm_id, year)
),

dated as (
    select
        firm_id,
        day,
        arg_max(case when national_award_rank > 0 and national_award_on <= day then {'value': national_award_rank, 'on': national_award_on} end, year) as national_award,
        arg_max(case when standard_drafter_rank > 0 and standard_on <= day then {'value': standard_drafter_rank, 'on': standard_on} end, year) as standard,
        arg_max(case when national_award_rank_3y > 0 and national_award_3y_on <= day then {'value': national_award_rank_3y, 'on': national_award_3y_on} end, year) as national_award_3y,
        arg_max(case when provincial_award_rank_3y > 0 and provincial_award_3y_on <= day then {'value': provincial_award_rank_3y, 'on': provincial_award_3y_on} end, year) as provincial_award_3y,
        arg_max(case when contest_rank_3y > 0 and contest_3y_on <= day then {'value': contest_rank_3y, 'on': contest_3y_on} end, year) as contest_3y,
        arg_max(case when has_recent_award and recent_award_on <= day then {'value': has_recent_award, 'on': recent_award_on} end, year) as recent_award,
        arg_max(case when new_equity_2y_fen > 0 and new_equity_2y_on <= day then {'value': new_equity_2y_fen, 'on': new_equity_2y_on} end, year) as new_equity_2y,
        arg_max(case when new_equity_3y_fen > 0 and new_equity_3y_on <= day then {'value': new_equity_3y_fen, 'on': new_equity_3y_on} end, year) as new_equity_3y
    from core_firm__declarations
    inner join evaluation_day on year <= year(day)
    group by firm_id, day
)

select
    firm_id,
    day,
    newest.* exclude (
        firm_id, day, year, delivery_id, sheet, row_no,
        national_award_rank, national_award_on,
        standard_drafter_rank, standard_on,
        national_award_rank_3y, national_award_3y_on,
        provincial_award_rank_3y, provincial_award_3y_on,
        contest_rank_3y, contest_3y_on,
        has_recent_award, recent_award_on,
        new_equity_2y_fen, new_equity_2y_on,
        new_equity_3y_fen, new_equity_3y_on
    ),
    coalesce(newest.national_award_rank, dated.national_award.value) as national_award_rank,
    case when newest.national_award_rank is null then dated.national_award['on'] else newest.national_award_on end as national_award_on,
    coalesce(newest.standard_drafter_rank, dated.standard.value) as standard_drafter_rank,
    case when newest.standard_drafter_rank is null then dated.standard['on'] else newest.standard_on end as standard_on,
    coalesce(newest.national_award_rank_3y, dated.national_award_3y.value) as national_award_rank_3y,
    case when newest.national_award_rank_3y is null then dated.national_award_3y['on'] else newest.national_award_3y_on end as national_award_3y_on,
    coalesce(newest.provincial_award_rank_3y, dated.provincial_award_3y.value) as provincial_award_rank_3y,
    case when newest.provincial_award_rank_3y is null then dated.provincial_award_3y['on'] else newest.provincial_award_3y_on end as provincial_award_3y_on,
    coalesce(newest.contest_rank_3y, dated.contest_3y.value) as contest_rank_3y,
    case when newest.contest_rank_3y is null then dated.contest_3y['on'] else newest.contest_3y_on end as contest_3y_on,
    coalesce(newest.has_recent_award, dated.recent_award.value) as has_recent_award,
    case when newest.has_recent_award is null then dated.recent_award['on'] else newest.recent_award_on end as recent_award_on,
    coalesce(newest.new_equity_2y_fen, dated.new_equity_2y.value) as new_equity_2y_fen,
    case when newest.new_equity_2y_fen is null then dated.new_equity_2y['on'] else newest.new_equity_2y_on end as new_equity_2y_on,
    coalesce(newest.new_equity_3y_fen, dated.new_equity_3y.value) as new_equity_3y_fen,
    case when newest.new_equity_3y_fen is null then dated.new_equity_3y['on'] else newest.new_equity_3y_on end as new_equity_3y_on
from dated
left join newest using (firm_id, day)
