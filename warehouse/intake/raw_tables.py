"""The tables that deliveries are loaded into, without rows: raw tables, deliveries, quarantine, rejections."""

from collections.abc import Iterable

from warehouse.database.build import Build
from warehouse.intake.feed import Feed


def create_tables(build: Build, feeds: Iterable[Feed]) -> None:
    """Create them in a new build, and the view of all lists of recognised firms."""
    build.execute(
        "create table deliveries (delivery_id varchar, feed varchar, file_name varchar, sha256 varchar,"
        " received_at timestamptz, seq integer, encoding varchar, sheet varchar, money_unit varchar,"
        " rows_read bigint, stated varchar, period varchar, rows_not_data bigint, rows_doubtful bigint)"
    )
    build.execute(
        "create table quarantine (delivery_id varchar, feed varchar, sheet varchar, row_no bigint,"
        " rule_id varchar, severity varchar, field varchar, value varchar, message_zh varchar, message_en varchar,"
        " address varchar, key varchar, uscc varchar, name varchar, decision varchar, decision_id bigint,"
        " decided_before bigint)"
    )
    build.execute(
        "create table rejection (delivery_id varchar, file_name varchar, feed varchar, sha256 varchar,"
        " seq integer, message_zh varchar, message_en varchar)"
    )
    build.execute(
        "create table ref_stand_ins (feed varchar, quantity varchar, stands varchar, reason_zh varchar,"
        " reason_en varchar)"
    )
    lists = []
    for feed in feeds:
        for quantity, stand_in in feed.stands_for.items():
            build.execute(
                "insert into ref_stand_ins values ($1, $2, $3, $4, $5)",
                [feed.name, quantity, stand_in.column, stand_in.reason.zh, stand_in.reason.en],
            )
        columns = ", ".join(f'"{name}" varchar' for name in (*feed.columns, *feed.stated_names))
        build.execute(
            f"create table raw_{feed.name} ({columns}, uscc_state varchar, money_unit varchar,"
            " sheet varchar, row_no bigint, seq integer, delivery_id varchar)"
        )
        if "designation" in feed.states:
            lists.append(f"select *, '{feed.name}' as feed from raw_{feed.name}")  # noqa: S608 - a feed's name
    build.execute(f"create view raw_recognition as {' union all by name '.join(lists)}")
