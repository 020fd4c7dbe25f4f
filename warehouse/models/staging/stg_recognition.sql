-- One row per loaded row of a recognition list of any designation, typed; rows that fail a check are removed after.
-- key: delivery_id, sheet, row_no
-- scope: row
select
    feed,
    designation,
    event,
    coalesce(parse_date(issued_on), make_date(parse_year(year), 12, 31)) as issued_on,
    list_no,
    name,
    name_norm(name) as name_norm,
    former_name,
    name_norm(former_name) as former_name_norm,
    clean_uscc(uscc) as uscc,
    uscc_state,
    clean_code(certificate_no) as certificate_no,
    parse_date(granted_on) as granted_on,
    parse_date(valid_to) as valid_to,
    coalesce(district, province) as district,
    batch,
    moved_from,
    moved_to,
    parse_year(ended_year) as ended_year,
    reason,
    authority,
    parse_count(stated_count) as stated_count,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_recognition
