-- Counts of intellectual property, typed. Every row that was loaded; checks take out what fails.
-- grain: delivery_id, sheet, row_no
select
    upper(trim(uscc)) as uscc,
    name,
    name_norm(name) as name_norm,
    a_date(counted_on) as counted_on,
    a_count(ip_class1_count) as ip_class1_count,
    a_count(ip_class2_count) as ip_class2_count,
    a_count(ip_class2_unused_count) as ip_class2_unused_count,
    a_count(ip_self_developed_count) as ip_self_developed_count,
    a_count(inventions_granted) as inventions_granted,
    a_count(inventions_applied) as inventions_applied,
    a_count(core_ip_count) as core_ip_count,
    yes_no(took_part_in_standards) as took_part_in_standards,
    a_date(as_of) as as_of,
    uscc_state,
    delivery_id,
    sheet,
    row_no,
    seq
from raw_ip__counts
