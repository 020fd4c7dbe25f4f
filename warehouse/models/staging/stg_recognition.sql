-- Every recognition list, whatever its designation, typed. Every row that was loaded; checks take out what fails.
-- key: delivery_id, sheet, row_no
-- scope: row
select
    feed,
    designation,
    event,
    coalesce(a_date(issued_on), make_date(a_year(year), 12, 31)) as issued_on,
    list_no,
    name,
    name_norm(name) as name_norm,
    former_name,
    name_norm(former_name) as former_name_norm,
    upper(trim(uscc)) as uscc,
    uscc_state,
    upper(trim(certificate_no)) as certificate_no,
    a_date(granted_on) as granted_on,
    a_date(valid_to) as valid_to,
    coalesce(district, province) as district,
    batch,
    moved_from,
    moved_to,
    a_year(ended_year) as ended_year,
    reason,
    authority,
    a_count(stated_count) as stated_count,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_recognition
