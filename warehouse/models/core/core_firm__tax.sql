-- One row per firm and tax year: its newest settlement of income tax and its newest return of R&D deductions.
-- key: firm_id, year
-- scope: firm
with settled as (
    select * from stg_tax__settlement
    qualify row_number() over (partition by uscc, year order by seq desc, row_no desc, sheet desc) = 1
),

deducted as (
    select * from stg_tax__rd_deduction
    qualify row_number() over (partition by uscc, year order by seq desc, row_no desc, sheet desc) = 1
)

select
    firm.firm_id,
    year,
    settled.taxable_income_fen,
    coalesce(reliefs.relief, case when settled.relief is not null then 'unknown' end) as relief,
    settled.annual_loss_fen,
    losses.designation as loss_designation,
    settled.transfer_income_fen,
    settled.staff_mean,
    settled.assets_mean_fen,
    settled.is_restricted,
    settled.manufacturing_share_pct,
    settled.vat_share_pct,
    settled.is_on_vat_list,
    deducted.rd_tax_fen,
    deducted.rd_deducted_fen,
    deducted.rd_abroad_fen,
    kinds.rd_kind,
    deducted.operating_months,
    list_filter(
        [
            {'delivery_id': settled.delivery_id, 'sheet': settled.sheet, 'row_no': settled.row_no},
            {'delivery_id': deducted.delivery_id, 'sheet': deducted.sheet, 'row_no': deducted.row_no}
        ],
        lambda origin: origin.delivery_id is not null
    ) as sources
from settled
full join deducted using (uscc, year)
inner join core_firm as firm using (uscc)
left join ref_taxpayer_kinds as reliefs on name_norm(settled.relief) = reliefs.kind_text
left join ref_taxpayer_kinds as losses on name_norm(settled.loss_kind) = losses.kind_text
left join ref_taxpayer_kinds as kinds on name_norm(deducted.rd_kind) = kinds.kind_text
where year is not null
