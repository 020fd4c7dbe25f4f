-- One row per firm: its newest registry row; without one its newest vendor registration, else its newest annual-report index row.
-- key: firm_id
-- scope: firm
with registered as (
    select 1 as preference, uscc, name, name_norm, founded_on, status as status_text, deregistered_on, revoked_on,
        ent_type, industry_code, division_code, reg_capital_cents, reg_capital_currency, 'registry__firms' as feed,
        delivery_id, sheet, row_no, seq
    from stg_registry__firms
    union all by name
    select 2 as preference, uscc, name, name_norm, founded_on, status as status_text, division_code,
        reg_capital_cents, reg_capital_currency, 'vendor__registrations' as feed, delivery_id, sheet, row_no, seq
    from stg_vendor__registrations
),

newest as (
    select * from registered
    qualify row_number() over (partition by uscc order by preference asc, seq desc, row_no desc, sheet desc) = 1
),

own_events as (
    select uscc, stock_code, event_on from stg_listing__events
    where name_norm(relation) in (select r.relation from ref_listing_relations as r where r.is_own) and uscc in (select uscc from newest)
),

newest_holder as (
    select uscc, stock_code, event_on from own_events
    qualify row_number() over (partition by stock_code order by event_on desc, uscc asc) = 1
),

own_shares as (
    select uscc, stock_code from newest_holder
    qualify row_number() over (partition by uscc order by event_on desc, stock_code asc) = 1
),

listed as (
    select stock_code, name, name_norm, delivery_id, sheet, row_no from stg_listed__index
    where stock_code not in (select stock_code from own_events)
    qualify row_number() over (partition by stock_code order by year desc, reported_on desc, seq desc, row_no desc, sheet desc) = 1
)

select
    newest.uscc as firm_id,
    newest.uscc,
    own_shares.stock_code,
    newest.name,
    newest.name_norm,
    newest.founded_on,
    ref_status.status,
    ref_status.is_living,
    coalesce(newest.deregistered_on, newest.revoked_on) as ended_on,
    case
        when newest.ent_type like '%合伙%' then 'partnership'
        when newest.ent_type like '%个体%' then 'sole_trader'
        when newest.ent_type like '%合作社%' then 'coop'
        when regexp_matches(newest.name_norm, '(分公司|分行|办事处|分店)$') then 'branch'
        else 'company'
    end as entity_kind,
    regexp_matches(newest.name_norm, '(分公司|分行|办事处|分店)$') as is_branch,
    -- sources differ in whether they prefix the letter of the section
    nullif(regexp_replace(newest.industry_code, '^[A-T]', ''), '') as industry_code,
    newest.division_code,
    case when newest.reg_capital_currency = 'CNY' then newest.reg_capital_cents end as reg_capital_fen,
    newest.feed,
    newest.delivery_id,
    newest.sheet,
    newest.row_no
from newest
left join ref_status on word(newest.status_text) = word(ref_status.status_text)
left join own_shares using (uscc)
union all by name
select
    'stock-' || stock_code as firm_id,
    stock_code,
    name,
    name_norm,
    'company' as entity_kind,
    false as is_branch,
    'listed__index' as feed,
    delivery_id,
    sheet,
    row_no
from listed
