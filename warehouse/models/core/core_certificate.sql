-- One row per certificate or entry number: the only firm to which lists grant it. A list names the firm by code, or by a name
-- that a single firm has borne. Numbers granted to several firms are left out.
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
        coalesce(firm.firm_id, single_bearer.firm_id) as firm_id,
        mention.mention_id
    from core_mention as mention
    left join core_firm as firm on mention.uscc = firm.uscc
    left join single_bearer on mention.name_norm = single_bearer.name_norm and mention.uscc is null
    where mention.event in ('granted', 'renewed') and mention.certificate_no is not null
)

select designation, certificate_no, any_value(firm_id) as firm_id, min(mention_id) as mention_id
from granted_numbers
where firm_id is not null
group by designation, certificate_no
having count(distinct firm_id) = 1
