-- Those of followed_firm about which nothing was delivered, withdrawn or decided since the release attached as earlier: what
-- differs for them, differs by the definitions. firm_id.
with new_sources as (
    select firm_id, delivery_id, sheet, row_no from core_firm__sources semi join followed_firm using (firm_id)
    union
    select firm_id, unnest(sources).delivery_id, unnest(sources).sheet, unnest(sources).row_no
    from core_firm__yearly semi join followed_firm using (firm_id)
),

old_sources as (
    select firm_id, delivery_id, sheet, row_no from earlier.core_firm__sources semi join followed_firm using (firm_id)
    union
    select firm_id, unnest(sources).delivery_id, unnest(sources).sheet, unnest(sources).row_no
    from earlier.core_firm__yearly semi join followed_firm using (firm_id)
),

corrected_rows as (
    select delivery_id, sheet, row_no from correction
    where statement_id not in (select statement_id from earlier.statement)
),

with_news as (
    select coalesce(new_sources.firm_id, old_sources.firm_id) as firm_id
    from new_sources
    full join old_sources
        on new_sources.firm_id = old_sources.firm_id and new_sources.delivery_id = old_sources.delivery_id
        and new_sources.row_no = old_sources.row_no and new_sources.sheet is not distinct from old_sources.sheet
    where new_sources.firm_id is null or old_sources.firm_id is null
    union
    select new_sources.firm_id
    from new_sources
    inner join corrected_rows
        on new_sources.delivery_id = corrected_rows.delivery_id and new_sources.row_no = corrected_rows.row_no
)

select firm_id from followed_firm anti join with_news using (firm_id)
