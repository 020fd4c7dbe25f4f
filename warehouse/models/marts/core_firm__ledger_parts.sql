-- One row per changed title of a firm and cause: the part of the change that the cause has, zero included.
-- kept as: view
-- key: firm_id, comparison, measure, designation, cause
-- scope: firm
select firm_id, firm_key, comparison, measure, designation, replace(part, 'moved_', '') as cause, moved
from (
    unpivot core_firm__ledger on moved_identity, moved_data, moved_firm, moved_rule into name part value moved
)
