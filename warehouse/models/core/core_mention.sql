-- One row per delivered row that names a firm without necessarily carrying its code: the name, other references to the firm, and
-- the days on which the name may have been borne (a vendor may report an old event under the name of then or of today).
-- key: mention_id
-- scope: row
with naming_rows as (
    select
        feed, delivery_id, sheet, row_no, name, name_norm, former_name_norm, uscc, uscc_state, designation,
        certificate_no, ref_list_events.event, issued_on as named_from, issued_on as named_to, district as place_text
    from stg_recognition
    left join ref_list_events on stg_recognition.event = ref_list_events.event_text
    union all by name
    select
        'financing__rounds' as feed, delivery_id, sheet, row_no, name, name_norm, uscc, uscc_state,
        financed_on as named_from, greatest(financed_on, as_of) as named_to
    from stg_financing__rounds
    union all by name
    select
        'incubator__tenancies' as feed, delivery_id, sheet, row_no, name, name_norm, uscc, uscc_state,
        least(entered_on, as_of) as named_from, as_of as named_to
    from stg_incubator__tenancies
    union all by name
    select
        'listing__events' as feed, delivery_id, sheet, row_no, name, name_norm, uscc, uscc_state,
        event_on as named_from, greatest(event_on, as_of) as named_to
    from stg_listing__events
    union all by name
    select
        'exception__lists' as feed, delivery_id, sheet, row_no, name, name_norm, uscc, uscc_state,
        listed_on as named_from, greatest(listed_on, as_of) as named_to
    from stg_exception__lists
    union all by name
    select
        'exception__court' as feed, delivery_id, sheet, row_no, name, name_norm, uscc, uscc_state,
        listed_on as named_from, greatest(listed_on, as_of) as named_to
    from stg_exception__court
    union all by name
    select
        'exception__tax' as feed, delivery_id, sheet, row_no, name, name_norm, uscc, uscc_state,
        listed_on as named_from, greatest(listed_on, as_of) as named_to
    from stg_exception__tax
    union all by name
    select
        'control__changes' as feed, delivery_id, sheet, row_no, name, name_norm, uscc, uscc_state,
        changed_on as named_from, greatest(changed_on, as_of) as named_to
    from stg_control__changes
    union all by name
    select
        'financing__valuations' as feed, delivery_id, sheet, row_no, name, name_norm, uscc, uscc_state,
        valued_on as named_from, greatest(valued_on, as_of) as named_to
    from stg_financing__valuations
    union all by name
    select 'construction__licensees' as feed, delivery_id, sheet, row_no, name, name_norm, uscc, uscc_state, province as place_text
    from stg_construction__licensees
)

select
    mention_key(delivery_id, sheet, row_no) as mention_id,
    naming_rows.* exclude (uscc, place_text),
    case when uscc_state = 'ok' then uscc end as uscc,
    ref_places.code as division_code
from naming_rows
left join ref_places on regexp_replace(place_text, place_kind_pattern(), '') = ref_places.place
