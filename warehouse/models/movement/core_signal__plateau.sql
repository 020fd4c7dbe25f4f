-- One row per firm that has been in its rung longer than three quarters of like firms (ref_time_limits).
-- kept as: view
-- key: firm_id, signal, designation
-- scope: firm
select
    'plateau' as signal,
    stay.firm_id,
    stay.firm_key,
    stay.designation,
    'longer' as reason,
    stay.days / 365.25 as value,
    stay.q75_days / 365.25 as required,
    (stay.days - stay.q75_days) / 365.25 as gap,
    'year' as gap_unit,
    stay.entered_on as since,
    stay.firms::integer as like_firms
from core_firm__time_in_rung as stay
inner join core_firm__position as position using (firm_id)
inner join parameter using (day)
where stay.is_plateau and position.is_living
