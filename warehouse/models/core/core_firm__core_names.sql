-- One row per core name that a single firm has in its province (L10), with the place in its name, empty where the name has none, and
-- the division of the register. A core shared by several firms is left out, whatever their places; so are branches,
-- partnerships and firms of unknown province.
-- key: firm_id, place, core_name
-- scope: firm
with firm_names as (
    select
        names.firm_id,
        names.core_name,
        coalesce(firm.division_code, ref_places.code)[:2] as province,
        ref_places.code[:2] as named_province,
        firm.division_code,
        names.place,
        names.kind,
        coalesce(ref_legal_forms.is_interchangeable, false) and firm.entity_kind = 'company' as is_company
    from core_firm__names as names
    inner join core_firm as firm using (firm_id)
    left join ref_places using (place)
    left join ref_legal_forms using (legal_form)
    where names.kind in ('registered', 'former', 'announced')
),

unique_cores as (
    select province, core_name from firm_names
    group by province, core_name
    having count(distinct firm_id) = 1 and province is not null
)

select distinct firm_names.place, firm_names.core_name, firm_names.province, firm_names.division_code, firm_names.firm_id
from firm_names
inner join unique_cores using (province, core_name)
cross join ref_matching
where firm_names.kind = 'registered'
    and firm_names.is_company
    and (firm_names.place = '' or firm_names.named_province = firm_names.province)
    and length(firm_names.core_name) >= ref_matching.core_signs_min
