"""Copies a whole casebook into an empty one, on either database, and verifies the copy."""

import sqlalchemy as sa

from warehouse.casebook.appending import head_of
from warehouse.casebook.events import Head
from warehouse.casebook.store import Store
from warehouse.casebook.tables import HEAD
from warehouse.casebook.verifying import Problem, verify
from warehouse.errors import BadInput, CasebookFailed

_ROWS = 2000
"""Rows inserted at once."""


def copy(con: sa.Connection, target: Store) -> Head:
    """Copy every table of the casebook that ``con`` reads; the head of both.

    Raises ``BadInput`` where the target is not empty, ``CasebookFailed`` where the copy is not what was copied.
    """
    counts = {}
    with target.write() as into:
        if head_of(into).seq:
            raise BadInput(
                f"{target.name}: 已有决定簿，不能覆盖；请另选文件或空库",
                f"{target.name}: has a casebook already, which is not overwritten; name a new file or another database",
            )
        into.execute(sa.delete(HEAD))
        tables, new = (sa.MetaData() for _ in range(2))
        tables.reflect(con)
        new.reflect(into)
        for table in new.sorted_tables:
            if table.name != "alembic_version":
                counts[table.name] = _copy_rows(con, tables.tables[table.name], into, table)
    _require_same(con, target, counts)
    target.close()
    return head_of(con)


def _copy_rows(con: sa.Connection, table: sa.Table, into: sa.Connection, new: sa.Table) -> int:
    count = 0
    for rows in con.execute(sa.select(table)).mappings().partitions(_ROWS):
        into.execute(sa.insert(new), [dict(row) for row in rows])
        count += len(rows)
    _go_on_counting(into, new)
    return count


def _go_on_counting(into: sa.Connection, new: sa.Table) -> None:
    """PostgreSQL's sequences are not advanced by inserted numbers."""
    if into.dialect.name != "postgresql":
        return
    for column in new.primary_key.columns:
        sequence = into.execute(sa.select(sa.func.pg_get_serial_sequence(new.name, column.name))).scalar()
        if sequence:
            newest = sa.select(sa.func.coalesce(sa.func.max(column), 0) + 1).scalar_subquery()
            into.execute(sa.select(sa.func.setval(sequence, newest, False)))


def _require_same(con: sa.Connection, target: Store, counts: dict[str, int]) -> None:
    verified = verify(target)
    problems = list(verified.problems)
    if verified.head != head_of(con):
        problems.append(Problem("链尾不同", "the heads differ"))
    with target.read() as copied:
        for name, count in counts.items():
            if copied.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one() != count:
                problems.append(Problem(f"{name}: 行数不同", f"{name}: the numbers of rows differ"))
    if problems:
        raise CasebookFailed(
            "\n".join((f"{target.name}: 副本与原件不符，请勿使用，原件未动", *(problem.zh for problem in problems))),
            "\n".join(
                (
                    f"{target.name}: the copy is not what was copied, do not use it; the original was left alone",
                    *(problem.en for problem in problems),
                )
            ),
        )


def refuse_more(con: sa.Connection, new_place: str) -> None:
    """Let the copied casebook refuse events: a writer that still uses it learns where it went."""
    words = f"moved to {new_place}".replace("'", "''")
    if con.dialect.name == "sqlite":
        con.exec_driver_sql(
            f"create trigger event_moved before insert on event begin select raise(abort, '{words}'); end"
        )
        return
    con.exec_driver_sql(
        "create function tidu_moved() returns trigger language plpgsql as $$ begin"
        f" raise exception using message = '{words}'; end $$".replace("%", "%%")
    )
    con.exec_driver_sql("create trigger event_moved before insert on event for each row execute function tidu_moved()")
