-- Macros of quality checks, besides warehouse/macros.sql; created after ref_threshold, which they read.

-- The value of a threshold of quality/thresholds.yml in this run.
create or replace macro threshold(threshold_name) as (select t.value from ref_threshold as t where t.name = threshold_name);

-- Tolerance in fen for figures that must add up: one filed unit, or a small share of the total.
create or replace macro rounding(total, unit) as greatest(fen('1', unit), abs(total) * threshold('rounding_share'));

create or replace macro adds_up(total, parts, unit) as abs(total - parts) <= rounding(total, unit);

create or replace macro is_within(part, total, unit) as part - total <= rounding(total, unit);
