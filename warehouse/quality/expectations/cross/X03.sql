-- X03: patents granted as filed are far from the register.
-- key: delivery_id, sheet, row_no
with register as (
    select uscc, year(granted_on) as year, count(distinct right_no) as granted from stg_ip__rights
    where kind similar to '.*(专利|发明|实用新型|外观).*'
    group by all
)

select r.delivery_id, r.sheet, r.row_no, 'patents_granted' as field, r.patents_granted as value
from stg_torch__rd as r
inner join register using (uscc, year)
where abs(r.patents_granted - register.granted)
    > greatest(threshold('grants_count'), register.granted * threshold('grants_share'))
