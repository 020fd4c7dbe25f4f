-- One row per followed title that a firm holds or meets at one end of a comparison only: the parts of the change by cause, in the
-- order of evaluation; 1 where a cause gives the title, -1 where it takes it. They add up to count_to - count_from.
-- kept as: view
-- key: firm_id, comparison, measure, designation
-- scope: firm
select
    firm_id,
    firm_key,
    comparison,
    measure,
    designation,
    published as count_from,
    now as count_to,
    identified - corrected as moved_identity,
    -- without any new row or decision, other figures come of other definitions
    case when is_without_news then 0 else known - identified end as moved_data,
    grown - known as moved_firm,
    (corrected - published) + (now - grown) + case when is_without_news then known - identified else 0 end as moved_rule
from position_change
