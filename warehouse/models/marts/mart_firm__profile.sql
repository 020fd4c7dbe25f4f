-- One row per firm: the head of its page, with the delivered row.
-- key: firm_key
-- scope: firm
select
    firm.firm_id,
    firm_key(firm.firm_id) as firm_key,
    firm.uscc,
    firm.stock_code,
    firm.name,
    firm.founded_on,
    firm.status,
    firm.is_living,
    firm.ended_on,
    firm.entity_kind,
    firm.industry_code,
    firm.division_code,
    firm.reg_capital_fen,
    tenancy.incubator,
    firm.delivery_id,
    firm.sheet,
    firm.row_no
from core_firm as firm
left join core_firm__incubator as tenancy on firm.firm_id = tenancy.firm_id
