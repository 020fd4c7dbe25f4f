-- The rows of odds_feature about the titles getvariable('odds_titles'), with what happened until getvariable('odds_until'): a title of the designation granted after the day, or not
-- held any more on the last day, also because the firm ended.
select
    feature.*,
    case
        when feature.kind = 'reach' then exists (
            select 1 from core_title as title
            where title.firm_id = feature.firm_id
                and title.designation = feature.designation
                and title.event in ('granted', 'renewed')
                and title.valid_from > feature.day
                and title.valid_from <= getvariable('odds_until')
        )
        else coalesce(firm.ended_on <= getvariable('odds_until'), false) or not exists (
            select 1 from core_firm__held as held
            where held.firm_id = feature.firm_id and held.designation = feature.designation and held.day = getvariable('odds_until')
        )
    end as has_happened
from odds_feature as feature
inner join core_firm as firm using (firm_id)
where list_contains(getvariable('odds_titles'), feature.designation)
