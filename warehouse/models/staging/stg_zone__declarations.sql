-- Declarations of zone firms, typed. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    upper(trim(uscc)) as uscc,
    name,
    name_norm(name) as name_norm,
    a_year(year) as year,
    yes_no(is_resident) as is_resident,
    yes_no(has_sound_accounts) as has_sound_accounts,
    yes_no(is_restricted_industry) as is_restricted_industry,
    yes_no(is_large_group_outpost) as is_large_group_outpost,
    a_count(national_award_rank) as national_award_rank,
    yes_no(has_provincial_rd_institution) as has_provincial_rd_institution,
    a_count(standard_drafter_rank) as standard_drafter_rank,
    a_count(market_rank_national) as market_rank_national,
    a_count(market_rank_global) as market_rank_global,
    a_count(indicators_above_gdp) as indicators_above_gdp,
    yes_no(is_future_industry) as is_future_industry,
    a_year(form_year) as form_year,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_zone__declarations
