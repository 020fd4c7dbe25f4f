-- One row per certificate or entry number: the only firm to which lists grant it. A list names the firm by code, or by a name
-- that a single firm has borne. A number that one list grants under several names or codes, whether known or not, or that lists
-- grant to several firms, is left out. source: the row that grants it.
-- key: firm_id, designation, certificate_no
-- scope: firm
with single_bearer as (
    select name_norm, any_value(firm_id) as firm_id
    from core_firm__names_stated
    group by name_norm
    having count(distinct firm_id) = 1
),

granted_numbers as (
    select
        mention.designation,
        mention.certificate_no,
        mention.delivery_id,
        mention.sheet,
        mention.row_no,
        coalesce(mention.uscc, mention.name_norm) as bearer,
        coalesce(firm.firm_id, single_bearer.firm_id) as firm_id,
        mention.mention_id
    from core_mention as mention
    left join core_firm as firm on mention.uscc = firm.uscc
    left join single_bearer on mention.name_norm = single_bearer.name_norm and mention.uscc is null
    where mention.event in ('granted', 'renewed') and mention.certificate_no is not null
),

shared_number as (
    select designation, certificate_no
    from granted_numbers
    group by designation, certificate_no, delivery_id
    having count(distinct coalesce(firm_id, bearer)) > 1
)

select
    designation,
    certificate_no,
    any_value(firm_id) as firm_id,
    min(mention_id) as mention_id,
    arg_min({'delivery_id': delivery_id, 'sheet': sheet, 'row_no': row_no}, mention_id) as source
from granted_numbers
anti join shared_number using (designation, certificate_no)
where firm_id is not null
group by designation, certificate_no
having count(distinct firm_id) = 1
