-- One row per row of a recognition list, with the firm it is matched to; firm_id is null where there is no match.
-- key: title_id
-- scope: row
with listed as (
    select
        stg.*,
        ref_list_events.event as event_kind,
        coalesce(stg.granted_on, stg.issued_on) as valid_from
    from stg_recognition as stg
    inner join ref_list_events on stg.event = ref_list_events.event_text
),

matched as (
    select listed.*, match.mention_id, match.firm_id, match.match_method, match.candidates
    from listed
    inner join core_mention__match as match
        on mention_key(listed.delivery_id, listed.sheet, listed.row_no) = match.mention_id
)

select
    matched.mention_id as title_id,
    matched.firm_id,
    matched.name as name_as_listed,
    matched.designation,
    matched.event_kind as event,
    matched.certificate_no,
    matched.issued_on,
    matched.valid_from as granted_on,
    matched.valid_from,
    coalesce(matched.valid_to, last_valid_day(matched.valid_from, validity.is_year_end, validity.years)) as valid_to,
    -- the second reading of the term; a last day on the list itself leaves no doubt
    case when matched.valid_to is null then last_valid_day_otherwise(matched.valid_from, validity.or_until) end as or_valid_to,
    matched.match_method,
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
-- the edition with a term of the most specific place, the newest of these
qualify row_number() over (
    partition by title_id order by length(validity.place) desc nulls last, validity.in_force_from desc, validity.edition_id desc
) = 1
