-- What official lists say of titles, row by row, joined to firms by code, by name, by former name, or not at all.
-- key: title_id
-- scope: row
with said as (
    select
        stg.*,
        ref_list_events.event as what,
        coalesce(stg.granted_on, stg.issued_on) as valid_from
    from stg_recognition as stg
    inner join ref_list_events on stg.event = ref_list_events.event_text
),

matched as (
    select said.*, match.mention_id, match.firm_id, match.match_method, match.candidates, match.match_evidence
    from said
    inner join core_mention__match as match
        on mention_key(said.delivery_id, said.sheet, said.row_no) = match.mention_id
)

select
    matched.mention_id as title_id,
    matched.firm_id,
    matched.name as name_as_listed,
    matched.designation,
    matched.what as event,
    matched.certificate_no,
    matched.issued_on,
    matched.valid_from as granted_on,
    matched.valid_from,
    coalesce(matched.valid_to, last_valid_day(matched.valid_from, validity.is_year_end, validity.years)) as valid_to,
    -- the second reading of the text, where the list itself tells no last day
    case when matched.valid_to is null then last_valid_day_otherwise(matched.valid_from, validity.or_until) end as or_valid_to,
    matched.match_method,
    matched.match_evidence,
    matched.candidates,
    matched.feed,
    matched.delivery_id,
    matched.sheet,
    matched.row_no
from matched
left join core_title__validity as validity
    on matched.designation = validity.designation
    and matched.valid_from >= validity.in_force_from
    and (validity.in_force_to is null or matched.valid_from <= validity.in_force_to)
-- the most local edition that tells a term, of those the newest
qualify row_number() over (
    partition by title_id order by length(validity.place) desc nulls last, validity.in_force_from desc, validity.edition_id desc
) = 1
