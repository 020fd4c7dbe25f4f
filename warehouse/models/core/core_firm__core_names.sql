-- Core names that one firm alone has in its province, with the place its name begins with (L10): two firms that share a
-- core have none, whatever their places. Branches, partnerships and firms whose place is not known are left out.
-- key: firm_id, place, core_name
-- scope: firm
with known as (
    select
        names.firm_id,
        names.core_name,
        coalesce(firm.division_code, ref_places.code)[:2] as province,
        names.place,
        names.kind,
        coalesce(ref_legal_forms.is_interchangeable, false) and firm.entity_kind = 'company' as is_company
    from core_firm__names as names
    inner join core_firm as firm using (firm_id)
    left join ref_places using (place)
    left join ref_legal_forms using (legal_form)
    where names.kind in ('registered', 'former', 'announced')
),

alone as (
    select province, core_name from known
    group by province, core_name
    having count(distinct firm_id) = 1 and province is not null
)

select known.place, known.core_name, known.province, known.firm_id
from known
inner join alone using (province, core_name)
inner join ref_places using (place)
cross join ref_matching
where known.kind = 'registered'
    and known.is_company
    and ref_places.code[:2] = known.province
    and length(known.core_name) >= ref_matching.core_signs_min
qualify count(*) over (partition by known.place, known.core_name) = 1
