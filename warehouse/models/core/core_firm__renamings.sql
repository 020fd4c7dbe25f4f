-- One row per renaming of a firm in a notice, joined by code, by certificate or by one of the two names. Notices are chained, so
-- that each name of a chain leads to the firm; a name with several predecessors or successors ends its chain.
-- key: firm_id, former_name_norm, name_norm
-- scope: firm
with recursive notice as (
    select
        mention.former_name_norm,
        mention.name_norm,
        first(mention.name order by mention.named_to, mention.mention_id) as name,
        min(mention.named_to) as renamed_on,
        first(
            {
                'mention_id': mention.mention_id, 'feed': mention.feed, 'delivery_id': mention.delivery_id,
                'sheet': mention.sheet, 'row_no': mention.row_no
            }
            order by mention.named_to, mention.mention_id
        ) as origin,
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

unbranched as (
    select * from notice
    qualify count(*) over (partition by former_name_norm) = 1 and count(*) over (partition by name_norm) = 1
),

single_bearer as (
    select name_norm, any_value(firm_id) as firm_id, min(valid_from) as valid_from, max(valid_to) as valid_to
    from core_firm__names_stated
    group by name_norm
    having count(distinct firm_id) = 1
),

anchored as (
    select
        notice.former_name_norm,
        notice.name_norm,
        coalesce(code_firm, certificate_firm) as referenced_firm,
        former_bearer.firm_id as former_firm,
        new_bearer.firm_id as new_firm
    from notice
    left join single_bearer as former_bearer
        on notice.former_name_norm = former_bearer.name_norm
        and (former_bearer.valid_from is null or notice.renamed_on >= former_bearer.valid_from)
    left join single_bearer as new_bearer
        on notice.name_norm = new_bearer.name_norm and (new_bearer.valid_to is null or notice.renamed_on <= new_bearer.valid_to)
),

followed_by as (
    select
        earlier.former_name_norm as from_old, earlier.name_norm as from_new,
        later.former_name_norm as to_old, later.name_norm as to_new
    from unbranched as earlier
    inner join unbranched as later
        on earlier.name_norm = later.former_name_norm and earlier.renamed_on <= later.renamed_on
),

step as (
    select * from followed_by
    union all
    select to_old as from_old, to_new as from_new, from_old as to_old, from_new as to_new from followed_by
),

chain (firm_id, former_name_norm, name_norm) as (
    select coalesce(referenced_firm, former_firm, new_firm) as firm_id, former_name_norm, name_norm
    from anchored
    where coalesce(referenced_firm, former_firm, new_firm) is not null
        and coalesce(referenced_firm = former_firm, true) and coalesce(referenced_firm = new_firm, true) and coalesce(former_firm = new_firm, true)
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
    notice.origin.mention_id,
    notice.origin.feed,
    notice.origin.delivery_id,
    notice.origin.sheet,
    notice.origin.row_no
from chain
inner join notice using (former_name_norm, name_norm)
