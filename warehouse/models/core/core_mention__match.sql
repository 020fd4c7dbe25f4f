-- One row per mention: the firm it refers to and the method: decision, code, certificate, name on that day, core name.
-- Where two methods disagree or several firms fit, firm_id is null and the firms are candidates. sources: the delivered row by which the
-- method knows the firm, of the register or of a list; statement_id: the decision that joined it.
-- key: mention_id
-- scope: row
with decision_subject as (
    select mention_id, 'row:' || mention_id as subject, 1 as preference from core_mention
    union all
    select mention_id, 'name:' || name_norm as subject, 2 as preference from core_mention
),

decided as (
    select
        decision_subject.mention_id,
        arg_min(person_decision.content ->> 'firm', preference) filter (where person_decision.kind = 'join') as joined_firm,
        arg_min(person_decision.statement_id, preference) filter (where person_decision.kind = 'join') as joined_by,
        list_sort(list(person_decision.content ->> 'firm') filter (where person_decision.kind = 'part')) as parted_firms,
        min(person_decision.statement_id) filter (where person_decision.kind = 'part') as parted_by
    from decision_subject
    inner join statement_standing as person_decision on decision_subject.subject = person_decision.subject and person_decision.kind in ('join', 'part')
    group by decision_subject.mention_id
),

borne_name as (
    select mention_id, name_norm, 'name' as name_kind, named_from, named_to from core_mention
    union all
    select mention_id, former_name_norm, 'former_name' as name_kind, named_from, named_to from core_mention
    where former_name_norm <> ''
),

name_candidate as (
    select
        borne_name.mention_id,
        names.firm_id,
        case when borne_name.name_kind = 'former_name' then 4 when names.kind = 'registered' then 1 when names.kind = 'former' then 2 else 3 end
            as preference,
        ['name', 'former_name', 'renaming', 'former_name'][preference] as method,
        names.delivery_id,
        names.sheet,
        names.row_no,
        coalesce(firm.founded_on <= borne_name.named_to, true)
        and coalesce(firm.ended_on + ref_matching.ended_grace_days >= borne_name.named_from, true)
        and coalesce(names.valid_from <= borne_name.named_to, true)
        and (borne_name.name_kind = 'former_name' or coalesce(names.valid_to >= borne_name.named_from, true)) as is_possible
    from borne_name
    inner join core_firm__names as names
        on borne_name.name_norm = names.name_norm and names.kind in ('registered', 'former', 'announced')
    inner join core_firm as firm using (firm_id)
    cross join ref_matching
),

by_name as (
    select
        mention_id,
        list_sort(list(distinct firm_id) filter (where is_possible)) as firms,
        list_sort(list(distinct firm_id)) as name_bearers,
        first(
            {'method': method, 'source': {'delivery_id': delivery_id, 'sheet': sheet, 'row_no': row_no}} order by preference, delivery_id, row_no, sheet
        ) filter (where is_possible) as possible
    from name_candidate
    group by mention_id
),

named as (
    select
        mention.*,
        core_name(mention.name_norm) as core_name,
        named_place.code as place_code
    from (select *, place_in_name(name_norm) as place from core_mention) as mention
    inner join ref_legal_forms as form on legal_form(mention.name_norm) = form.legal_form and form.is_interchangeable
    left join ref_places as named_place on mention.place = named_place.place
),

-- Two places in names must be the same; where one name has none, the division of the list or of the register answers for it.
by_core as (
    select mention.mention_id, core.firm_id
    from named as mention
    inner join core_firm__core_names as core
        on mention.core_name = core.core_name
        and case
            when mention.place <> '' and core.place <> '' then mention.place = core.place
            when mention.place <> '' then is_division_within(core.division_code, mention.place_code)
            else mention.division_code[:2] = core.province
        end
    inner join core_firm as firm using (firm_id)
    cross join ref_matching
    where coalesce(mention.division_code[:2] = core.province, true)
        and coalesce(firm.founded_on <= mention.named_to, true)
        and coalesce(firm.ended_on + ref_matching.ended_grace_days >= mention.named_from, true)
),

-- A number is written wrong more often than a name: a certificate alone joins a row whose name, or former name, is like one of the
-- firm's but for place, brackets and legal form.
differing as (
    select
        mention.mention_id,
        not coalesce(bool_or(names.core_name = core_name(mention.name)), false) as is_differing
    from (
        select mention_id, designation, certificate_no, unnest([name_norm, former_name_norm]) as name from core_mention
    ) as mention
    inner join core_certificate as certificate
        on mention.designation = certificate.designation and mention.certificate_no = certificate.certificate_no
    left join core_firm__names as names on certificate.firm_id = names.firm_id
    group by mention.mention_id
),

match_inputs as (
    select
        mention.mention_id,
        mention.delivery_id,
        mention.sheet,
        mention.row_no,
        mention.uscc as code,
        decided.* exclude (mention_id),
        by_code.firm_id as code_firm,
        certificate.firm_id as certificate_firm,
        certificate.source as certificate_source,
        case when len(by_name.firms) = 1 then by_name.firms[1] end as name_firm,
        coalesce(by_name.firms, []) as name_firms,
        coalesce(by_name.name_bearers, []) as name_bearers,
        by_name.possible.method as name_method,
        by_name.possible.source as name_source,
        case when by_name.name_bearers is null then by_core.firm_id end as core_firm,
        coalesce(differing.is_differing, false) as is_named_otherwise
    from core_mention as mention
    left join decided using (mention_id)
    left join core_firm as by_code on mention.uscc = by_code.uscc
    left join core_certificate as certificate
        on mention.designation = certificate.designation
        and mention.certificate_no = certificate.certificate_no
        and mention.mention_id <> certificate.mention_id
    left join by_name on mention.mention_id = by_name.mention_id
    left join by_core on mention.mention_id = by_core.mention_id
    left join differing on mention.mention_id = differing.mention_id
),

by_precedence as (
    select
        match_inputs.*,
        coalesce(certificate_firm, name_firm, core_firm) as other_firm,
        case
            when joined_firm is not null then 'confirmed'
            when code_firm is not null
                then case
                    when coalesce(certificate_firm <> code_firm, false) then 'conflict'
                    when len(name_bearers) > 0 and not list_contains(name_bearers, code_firm) and len(name_firms) > 0 then 'conflict'
                    else 'code'
                end
            when certificate_firm is not null
                then case when coalesce(name_firm <> certificate_firm, false) or is_named_otherwise then 'conflict' else 'certificate' end
            when len(name_firms) > 1 then 'ambiguous'
            when name_firm is not null then name_method
            when len(name_bearers) > 0 then 'not_that_day'
            when core_firm is not null then 'core_name'
            else 'none'
        end as method
    from match_inputs
),

without_code_conflicts as (
    select
        by_precedence.* exclude (method),
        case
            when method in ('certificate', 'name', 'former_name', 'renaming', 'core_name') and code is not null
                and firm.uscc is not null then 'conflict'
            else method
        end as method
    from by_precedence
    left join core_firm as firm on by_precedence.other_firm = firm.firm_id
),

chosen as (
    select
        *,
        case method
            when 'confirmed' then joined_firm when 'code' then code_firm when 'certificate' then certificate_firm
            when 'core_name' then core_firm when 'name' then name_firm when 'former_name' then name_firm
            when 'renaming' then name_firm
        end as firm
    from without_code_conflicts
)

select
    chosen.mention_id,
    chosen.delivery_id,
    chosen.sheet,
    chosen.row_no,
    case when not coalesce(list_contains(parted_firms, firm) and method <> 'confirmed', false) then firm end as firm_id,
    case when coalesce(list_contains(parted_firms, firm) and method <> 'confirmed', false) then 'parted' else method end as match_method,
    list_sort(list_distinct(list_filter([code_firm, certificate_firm, core_firm] || name_bearers, lambda candidate: candidate is not null))) as candidates,
    case when method = 'confirmed' then joined_by end as statement_id,
    case
        when method = 'certificate' then [certificate_source] when method in ('name', 'former_name', 'renaming') then [name_source] else []
    end as sources
from chosen
