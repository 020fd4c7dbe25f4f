-- One row per change or move of a firm, with the delivered row.
-- key: firm_id, change_kind, changed_on
-- scope: firm
select
    changes.firm_id,
    firm_key(changes.firm_id) as firm_key,
    changes.change_kind,
    changes.change,
    changes.changed_on,
    changes.reported_on,
    changes.still_meets,
    changes.completed_on,
    changes.delivery_id,
    changes.sheet,
    changes.row_no
from core_firm__changes as changes
order by firm_key
