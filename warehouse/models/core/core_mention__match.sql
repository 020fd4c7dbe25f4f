-- Which firm each mention means, and how that is known: by a person, by code, certificate, name of that day, core name.
-- Where two ways disagree or two firms fit, none is chosen and the firms are named as candidates.
-- key: mention_id
-- scope: row
with told as (
    select mention_id, 'row:' || mention_id as subject, 1 as preference from core_mention
    union all
    select mention_id, 'name:' || name_norm as subject, 2 as preference from core_mention
),

decided as (
    select
        told.mention_id,
        arg_min(said.content ->> 'firm', preference) filter (where said.kind = 'join') as joined_firm,
        arg_min(said.statement_id, preference) filter (where said.kind = 'join') as joined_by,
        list_sort(list(said.content ->> 'firm') filter (where said.kind = 'part')) as parted_firms,
        min(said.statement_id) filter (where said.kind = 'part') as parted_by
    from told
    inner join statement_standing as said on told.subject = said.subject and said.kind in ('join', 'part')
    group by told.mention_id
),

asked as (
    select mention_id, name_norm, 'name' as how, named_from, named_to from core_mention
    union all
    select mention_id, former_name_norm, 'former_name' as how, named_from, named_to from core_mention
    where former_name_norm <> ''
),

holder as (
    select
        asked.mention_id,
        names.firm_id,
        case when asked.how = 'former_name' then 4 when names.kind = 'registered' then 1 when names.kind = 'former' then 2 else 3 end
            as preference,
        ['name', 'former_name', 'renaming', 'former_name'][preference] as method,
        names.delivery_id,
        names.sheet,
        names.row_no,
        coalesce(firm.founded_on <= asked.named_to, true)
        and coalesce(firm.ended_on + ref_matching.ended_grace_days >= asked.named_from, true)
        and coalesce(names.valid_from <= asked.named_to, true)
        and (asked.how = 'former_name' or coalesce(names.valid_to >= asked.named_from, true)) as is_possible
    from asked
    inner join core_firm__names as names
        on asked.name_norm = names.name_norm and names.kind in ('registered', 'former', 'announced')
    inner join core_firm as firm using (firm_id)
    cross join ref_matching
),

by_name as (
    select
        mention_id,
        list_sort(list(distinct firm_id) filter (where is_possible)) as firms,
        list_sort(list(distinct firm_id)) as holders,
        first(
            {'method': method, 'd': delivery_id, 's': sheet, 'r': row_no} order by preference, delivery_id, row_no, sheet
        ) filter (where is_possible) as told
    from holder
    group by mention_id
),

by_core as (
    select mention.mention_id, core.firm_id
    from core_mention as mention
    inner join core_firm__core_names as core
        on core_name(mention.name_norm) = core.core_name and place_in_name(mention.name_norm) = core.place
    inner join core_firm as firm using (firm_id)
    inner join ref_legal_forms as form on legal_form(mention.name_norm) = form.legal_form and form.is_interchangeable
    cross join ref_matching
    where coalesce(mention.division_code[:2] = core.province, true)
        and coalesce(firm.founded_on <= mention.named_to, true)
        and coalesce(firm.ended_on + ref_matching.ended_grace_days >= mention.named_from, true)
),

pointed as (
    select
        mention.mention_id,
        mention.delivery_id,
        mention.sheet,
        mention.row_no,
        mention.uscc as code,
        decided.*  exclude (mention_id),
        by_code.firm_id as code_firm,
        certificate.firm_id as certificate_firm,
        certificate.mention_id as certificate_mention,
        case when len(by_name.firms) = 1 then by_name.firms[1] end as name_firm,
        coalesce(by_name.firms, []) as name_firms,
        coalesce(by_name.holders, []) as holders,
        by_name.told,
        case when by_name.holders is null then by_core.firm_id end as core_firm
    from core_mention as mention
    left join decided using (mention_id)
    left join core_firm as by_code on mention.uscc = by_code.uscc
    left join core_certificate as certificate
        on mention.designation = certificate.designation
        and mention.certificate_no = certificate.certificate_no
        and mention.mention_id <> certificate.mention_id
    left join by_name on mention.mention_id = by_name.mention_id
    left join by_core on mention.mention_id = by_core.mention_id
),

ruled as (
    select
        pointed.*,
        coalesce(certificate_firm, name_firm, core_firm) as other_firm,
        case
            when joined_firm is not null then 'confirmed'
            when code_firm is not null
                then case
                    when coalesce(certificate_firm <> code_firm, false) then 'conflict'
                    when len(holders) > 0 and not list_contains(holders, code_firm) and len(name_firms) > 0 then 'conflict'
                    else 'code'
                end
            when certificate_firm is not null
                then case when coalesce(name_firm <> certificate_firm, false) then 'conflict' else 'certificate' end
            when len(name_firms) > 1 then 'ambiguous'
            when name_firm is not null then told.method
            when len(holders) > 0 then 'not_that_day'
            when core_firm is not null then 'core_name'
            else 'none'
        end as method
    from pointed
),

checked as (
    select
        ruled.* exclude (method),
        case
            when method in ('certificate', 'name', 'former_name', 'renaming', 'core_name') and code is not null
                and firm.uscc is not null then 'conflict'
            else method
        end as method
    from ruled
    left join core_firm as firm on ruled.other_firm = firm.firm_id
),

chosen as (
    select
        *,
        case method
            when 'confirmed' then joined_firm when 'code' then code_firm when 'certificate' then certificate_firm
            when 'core_name' then core_firm when 'name' then name_firm when 'former_name' then name_firm
            when 'renaming' then name_firm
        end as firm
    from checked
)

select
    chosen.mention_id,
    chosen.delivery_id,
    chosen.sheet,
    chosen.row_no,
    case when not coalesce(list_contains(parted_firms, firm) and method <> 'confirmed', false) then firm end as firm_id,
    case when coalesce(list_contains(parted_firms, firm) and method <> 'confirmed', false) then 'parted' else method end as match_method,
    list_sort(list_distinct(list_filter([code_firm, certificate_firm, core_firm] || holders, lambda one: one is not null))) as candidates,
    case
        when method = 'confirmed' then 'statement ' || joined_by
        when method = 'certificate' then certificate_mention
        when method in ('name', 'former_name', 'renaming') then source_text(deliveries.file_name, told.s, told.r)
        when method = 'code' then code
    end as match_evidence
from chosen
left join deliveries on told.d = deliveries.delivery_id
