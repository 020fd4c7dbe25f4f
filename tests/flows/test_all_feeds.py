"""Every kind of file a zone is sent: what of it stands in the tables afterwards."""

import pytest
from every_feed import A, B, write_files
from tiny_zone import Built, TinyZone

pytestmark = pytest.mark.rule("nothing-lost")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    write_files(zone := TinyZone(tmp_path_factory.mktemp("all")))
    return zone.run()


def test_every_row_is_accounted_for_and_no_file_is_refused(built: Built) -> None:
    assert built.rows("select file_name, message_zh from rejection") == []
    assert built.rows("select feed from accounts where rows_read <> rows_accounted") == []
    assert built.rows("select feed, field, value from quarantine where severity in ('reject', 'quarantine')") == []


def test_the_ministrys_field_names_are_read_with_capital_in_ten_thousands_and_no_personal_data(built: Built) -> None:
    assert built.rows(
        "select reg_capital_cents, reg_capital_currency, term_to from stg_registry__firms order by row_no"
    ) == [
        (500_000_000, "CNY", built.value("select date '9999-12-31'")),
        (49_000_000, "USD", built.value("select date '9999-12-31'")),
    ]
    columns = {row[0] for row in built.rows("describe raw_registry__firms")}
    assert columns.isdisjoint({"LEREP", "TEL", "legal_rep"})


def test_vendor_json_gives_both_area_codes(built: Built) -> None:
    assert built.rows(
        "select name, reg_no, division_code, division_code_city, address from stg_vendor__registrations"
    ) == [("深圳市某某有限公司", None, "440305", "4403", None)]


def test_the_forms_are_mapped_by_code_whatever_their_headings_say(built: Built) -> None:
    sql = "select revenue_fen, qc14_fen, qc18_fen, energy_tce::double from stg_torch__economy order by row_no"
    assert built.rows(sql)[:2] == [(1_234_560_000, 1_000_000, 2_000_000, 1.5), (1_000_000_000, 100_000, 100_000, None)]
    assert built.rows("select registered_funds_fen, industry_code from stg_torch__profile where row_no = 4") == [
        (500_000_000, "0111")
    ]
    assert built.value("select employees_avg::double from stg_torch__staff where row_no = 4") == 28.5
    assert built.value("select rd_expense_stat_fen from stg_torch__rd where row_no = 4") == 90_000_000
    assert built.value("select count(*) from stg_torch__rd where data_state = 'dis'") == 1


def test_survey_totals_state_unit_and_factor_and_leave_out_what_was_withdrawn(built: Built) -> None:
    sql = (
        "select indicator, indicator_code, unit_filed, unit_factor::bigint, kind, total::double from mart_zone__survey"
    )
    rows = built.rows(sql)

    assert ("revenue", "qc05_0", "千元", 100_000, "flow", 3_934_560_000.0) in rows
    assert ("registered_funds", "qb04_0", "万元", 1_000_000, "stock", 1_400_000_000.0) in rows
    assert ("employees_end", "qd01", "人", 1, "stock", 90.0) in rows
    assert {row[0]: row[5] for row in rows}["energy_tce"] is None, "one firm only"


def test_flash_reports_keep_month_total_base_and_published_growth(built: Built) -> None:
    sql = "select revenue_month_fen, revenue_to_date_fen, revenue_prior_to_date_fen, published_growth_pct::double"
    assert built.rows(f"{sql} from stg_torch__flash") == [(1_000_000, 3_000_000, 2_500_000, 21.5)]
    assert built.value("select revenue_to_date_fen from stg_torch__quarterly") == 30_000_000


def test_notices_of_every_kind_keep_their_number_and_what_they_say(built: Built) -> None:
    what = "count(*), max(stated_count), max(moved_to), max(ended_year)"
    rows = built.rows(f"select event, {what} from stg_recognition group by 1")
    assert sorted(rows) == sorted(
        [
            ("认定", 2, 2, None, None),
            ("搬迁", 1, 1, "浙江", None),
            ("取消", 1, 1, None, 2024),
            ("补充", 1, 1, None, None),
        ]
    )
    assert {row[0] for row in built.rows("select event from core_title")} == {"granted", "moved", "cancelled"}


def test_a_vague_amount_is_no_number_and_a_vague_day_says_so(built: Built) -> None:
    sql = "select financed_precision, amount_disclosed, amount_cents, amount_low_cents, amount_high_cents,"
    sql += " post_money_cents"
    assert built.rows(f"{sql} from stg_financing__rounds order by row_no") == [
        ("year", "range", None, 1_000_000_000, 10_000_000_000, None),
        ("month", "range", None, 10_000_000_000, 20_000_000_000, 100_000_000_000),
    ]
    sql = "select valued_precision, valuation_disclosed, valuation_cents, valuation_low_cents, valuation_currency"
    assert built.rows(f"{sql} from stg_financing__valuations") == [("month", "range", None, 100_000_000_000, "USD")]


def test_courts_and_the_tax_service_add_to_the_exceptions_of_a_firm(built: Built) -> None:
    assert built.rows("select firm_id, list_kind, fact from core_firm__exceptions order by 1") == [
        (A, "失信被执行人", "debtor"),
        (B, "重大税收违法", "tax"),
    ]


def test_tax_extracts_keep_two_units_on_one_form(built: Built) -> None:
    assert built.rows("select revenue_to_date_fen, assets_end_fen, staff_end from stg_tax__income_quarterly") == [
        (500_000, 12_500_000, 30)
    ]
    assert built.value("select rd_tax_fen from stg_tax__rd_deduction") == 90_000_012
