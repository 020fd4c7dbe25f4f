-- One row per comparison of this run: with the release before it, and of its two days. missing: why there is none.
-- key: comparison
-- scope: zone
select
    comparison,
    against_run,
    from_day,
    to_day,
    from_place,
    to_place,
    firms_from,
    firms_to,
    missing
from position_comparison
