-- One row per firm, signal and designation: the reason with its figures. A firm gives any number of signals.
-- kept as: view
-- key: firm_id, signal, designation
-- scope: firm
with given as (
    select * from core_signal__eligible
    union all by name
    select * from core_signal__distance
    union all by name
    select * from core_signal__held
    union all by name
    select * from core_signal__pace
    union all by name
    select * exclude (firm_key) from core_signal__plateau
)

select given.*, coalesce(condition.unit, given.gap_unit) as unit, firm_key(given.firm_id) as firm_key
from given
left join ref_conditions as condition
    on given.edition_id = condition.edition_id and given.condition_id = condition.condition_id
