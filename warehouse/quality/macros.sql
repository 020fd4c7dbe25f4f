-- What checks may call beside warehouse/macros.sql; they read ref_threshold, so they come after it.

-- A threshold of the quality rules in this run, by its name in quality/thresholds.yml.
create or replace macro threshold(wanted) as (select t.value from ref_threshold as t where t.name = wanted);

-- What rounding may leave between figures that belong together: one filed unit, or a small share.
create or replace macro rounding(total, unit) as greatest(fen('1', unit), abs(total) * threshold('rounding_share'));

create or replace macro adds_up(total, parts, unit) as abs(total - parts) <= rounding(total, unit);

create or replace macro is_within(part, total, unit) as part - total <= rounding(total, unit);
