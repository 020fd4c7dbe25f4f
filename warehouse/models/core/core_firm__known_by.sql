-- The one firm that a full name means; a name that fits two firms means none, so that nothing is joined by guess.
-- grain: name_norm
with owners as (
    select name_norm, kind, any_value(firm_id) as firm_id, count(distinct firm_id) as firms
    from core_firm__names
    where kind in ('registered', 'former')
    group by name_norm, kind
)

select
    name_norm,
    case when firms = 1 then firm_id end as firm_id,
    case when firms > 1 then 'ambiguous' when kind = 'registered' then 'name' else 'former_name' end as match_method
from owners
qualify row_number() over (partition by name_norm order by kind = 'registered' desc) = 1
