-- The one firm that a certificate or entry number was given to, by a list that names the firm by code or by a name that
-- one firm alone was told to bear. A number that two firms share is nobody's.
-- key: firm_id, designation, certificate_no
-- scope: firm
with owner as (
    select name_norm, any_value(firm_id) as firm_id
    from core_firm__names_stated
    group by name_norm
    having count(distinct firm_id) = 1
),

given as (
    select
        mention.designation,
        mention.certificate_no,
        coalesce(firm.firm_id, owner.firm_id) as firm_id,
        mention.mention_id
    from core_mention as mention
    left join core_firm as firm on mention.uscc = firm.uscc
    left join owner on mention.name_norm = owner.name_norm and mention.uscc is null
    where mention.event in ('granted', 'renewed') and mention.certificate_no is not null
)

select designation, certificate_no, any_value(firm_id) as firm_id, min(mention_id) as mention_id
from given
where firm_id is not null
group by designation, certificate_no
having count(distinct firm_id) = 1
