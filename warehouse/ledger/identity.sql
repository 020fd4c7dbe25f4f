-- The firms whose records were joined or split since the release attached as earlier: by rows that both releases know.
-- firm_id.
with moved as (
    select old.firm_id as was, new.firm_id as is_now
    from earlier.core_mention__match as old
    inner join core_mention__match as new using (mention_id)
    where old.firm_id is distinct from new.firm_id
),

-- a row that is in quarantine in one of them is a matter of data
old_row as (
    select firm_id, delivery_id, sheet, row_no from earlier.core_firm
    where delivery_id in (select delivery_id from deliveries)
        and (delivery_id, row_no) not in (select (delivery_id, row_no) from quarantine)
),

new_row as (
    select firm_id, delivery_id, sheet, row_no from core_firm
    where delivery_id in (select delivery_id from earlier.deliveries)
        and (delivery_id, row_no) not in (select (delivery_id, row_no) from earlier.quarantine)
)

select was as firm_id from moved where was is not null
union
select is_now from moved where is_now is not null
union
select firm_id from old_row where firm_id not in (select firm_id from core_firm)
union
select firm_id from new_row where firm_id not in (select firm_id from earlier.core_firm)
