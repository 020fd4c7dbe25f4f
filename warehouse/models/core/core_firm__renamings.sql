-- Renamings that notices tell of, joined to the firm by code, by certificate or by one of the two names; one leads to the
-- next, so that a firm is found under each name of the chain. A name that passed to or from several others leads nowhere.
-- key: firm_id, former_name_norm, name_norm
-- scope: firm
with recursive notice as (
    select
        mention.former_name_norm,
        mention.name_norm,
        first(mention.name order by mention.named_to, mention.mention_id) as name,
        min(mention.named_to) as renamed_on,
        first(
            {'m': mention.mention_id, 'f': mention.feed, 'd': mention.delivery_id, 's': mention.sheet, 'r': mention.row_no}
            order by mention.named_to, mention.mention_id
        ) as place,
        any_value(firm.firm_id) as code_firm,
        any_value(certificate.firm_id) as certificate_firm
    from core_mention as mention
    left join core_firm as firm on mention.uscc = firm.uscc
    left join core_certificate as certificate
        on mention.designation = certificate.designation and mention.certificate_no = certificate.certificate_no
    where mention.event = 'renamed'
        and mention.former_name_norm <> mention.name_norm
        and mention.former_name_norm <> ''
        and mention.named_to is not null
    group by mention.former_name_norm, mention.name_norm
    having count(distinct coalesce(firm.firm_id, certificate.firm_id)) <= 1
),

one_way as (
    select * from notice
    qualify count(*) over (partition by former_name_norm) = 1 and count(*) over (partition by name_norm) = 1
),

owner as (
    select name_norm, any_value(firm_id) as firm_id, min(valid_from) as valid_from, max(valid_to) as valid_to
    from core_firm__names_stated
    group by name_norm
    having count(distinct firm_id) = 1
),

begun as (
    select
        notice.former_name_norm,
        notice.name_norm,
        coalesce(code_firm, certificate_firm) as pointed_to,
        old_owner.firm_id as old_firm,
        new_owner.firm_id as new_firm
    from notice
    left join owner as old_owner
        on notice.former_name_norm = old_owner.name_norm
        and (old_owner.valid_from is null or notice.renamed_on >= old_owner.valid_from)
    left join owner as new_owner
        on notice.name_norm = new_owner.name_norm and (new_owner.valid_to is null or notice.renamed_on <= new_owner.valid_to)
),

followed_by as (
    select
        earlier.former_name_norm as from_old, earlier.name_norm as from_new,
        later.former_name_norm as to_old, later.name_norm as to_new
    from one_way as earlier
    inner join one_way as later
        on earlier.name_norm = later.former_name_norm and earlier.renamed_on <= later.renamed_on
),

step as (
    select * from followed_by
    union all
    select to_old as from_old, to_new as from_new, from_old as to_old, from_new as to_new from followed_by
),

chain (firm_id, former_name_norm, name_norm) as (
    select coalesce(pointed_to, old_firm, new_firm) as firm_id, former_name_norm, name_norm
    from begun
    where coalesce(pointed_to, old_firm, new_firm) is not null
        and coalesce(pointed_to = old_firm, true) and coalesce(pointed_to = new_firm, true) and coalesce(old_firm = new_firm, true)
    union
    select chain.firm_id, step.to_old, step.to_new
    from chain
    inner join step on chain.former_name_norm = step.from_old and chain.name_norm = step.from_new
)

select
    chain.firm_id,
    chain.former_name_norm,
    chain.name_norm,
    notice.name,
    notice.renamed_on,
    notice.place.m as mention_id,
    notice.place.f as feed,
    notice.place.d as delivery_id,
    notice.place.s as sheet,
    notice.place.r as row_no
from chain
inner join notice using (former_name_norm, name_norm)
