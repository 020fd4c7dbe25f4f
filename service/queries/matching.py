"""Joins the names of a file, or of a release, to firms, and says by which rule; for the rest, whom they may mean.

The rules are the models ``core_mention`` and ``core_mention__match``: a file is joined as a run would join it.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from warehouse.casebook.statements import Casebook, write_statements
from warehouse.database import Connection, attach, beside, writing
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.identity.likeness import propose
from warehouse.intake import landing, load
from warehouse.intake.feed import Feed, load_feeds
from warehouse.models import building, graph
from warehouse.release import releases

Row = dict[str, Any]

JOINED = ("confirmed", "code", "certificate", "name", "former_name", "renaming", "core_name")
"""The rules that join, in the order in which they are asked."""
UNJOINED = ("ambiguous", "conflict", "not_that_day", "parted", "none")
"""Why a mention is not joined: two firms fit, two ways disagree, not that day, a person parted it, nobody is known."""

_OUT = (
    "select mention.mention_id, mention.sheet, mention.row_no, mention.name, mention.name_norm, mention.uscc,"
    " match.match_method, match.firm_id, firm.name as firm, match.match_evidence, match.candidates"
    " from core_mention as mention inner join core_mention__match as match using (mention_id)"
    " left join core_firm as firm on match.firm_id = firm.firm_id"
)


def match_file(home: Home, path: Path, feed_name: str | None, limit: int) -> list[Row]:
    """Every row of a file that names a firm, with its rule, firm and proposals; nothing is kept or changed.

    Raises ``BadInput`` where no feed reads such a file, or it cannot be read.
    """
    feed = _feed(path, feed_name)
    with TemporaryDirectory(prefix="tidu-match-") as folder:
        own = Home(Path(folder) / "home")
        delivery = landing.keep(path, feed, own, 1, datetime.fromtimestamp(0, UTC))
        build = own.builds / "match.duckdb"
        for refused in load.load(build, own, load_feeds(), [delivery]):
            raise BadInput(refused.message_zh, refused.message_en)
        with writing(build) as con:
            _join(con, home)
            return _answers(con, f"{_OUT} order by mention.sheet, mention.row_no", limit)


def open_mentions(home: Home, limit: int) -> list[Row]:
    """The mentions of the current release that are joined to nobody, with whom they may mean."""
    with beside(releases.current(home)) as con:
        _view(con, {"core_mention", "core_mention__match", "core_firm", "core_firm__names"})
        order = "match.match_method, mention.name_norm, mention.mention_id"
        return _answers(con, f"{_OUT} where match.firm_id is null order by {order}", limit)


def _feed(path: Path, feed_name: str | None) -> Feed:
    known = load_feeds()
    matches = [known[feed_name]] if feed_name in known else [feed for feed in known.values() if feed.fits(path.name)]
    if len(matches) == 1 and not (feed_name and feed_name not in known):
        return matches[0]
    names = "、".join(sorted(known))
    raise BadInput(
        f"{path.name}: 请用 --feed 指明来源，可选 {names}", f"{path.name}: say with --feed what it is: one of {names}"
    )


def _join(con: Connection, home: Home) -> None:
    """The file's mentions, asked of the firms, names and certificates of the release and of today's statements."""
    attach(con, releases.current(home), "release")
    con.execute("insert into deliveries by name select * from release.deliveries")
    write_statements(con, Casebook(home).statements())
    own = {table for table in graph.depends_on("core_mention") if table.startswith("stg_")}
    made = {"core_mention", "core_mention__match", "deliveries", "statement_standing"} | own
    asked = graph.reads("core_mention") | graph.reads("core_mention__match") | {"core_firm", "core_firm__names"}
    _view(con, asked - made)
    building.build_tables(con, [*sorted(own), "core_mention", "core_mention__match"])


def _view(con: Connection, tables: Iterable[str]) -> None:
    for table in tables:
        con.execute(f"create view {table} as select * from release.{table}")  # noqa: S608 - our own tables


def _answers(con: Connection, sql: str, limit: int) -> list[Row]:
    rows = pl.DataFrame(con.sql(sql).to_arrow_table())
    unclear = rows.filter(pl.col("firm_id").is_null() & pl.col("name_norm").is_not_null())
    proposals = propose(con, unclear["name_norm"].unique().sort().head(limit)) if unclear.height else None
    alike_by_name = _by_name(proposals)
    firms = _names_of(con, unclear)
    return [_answer(row, firms, alike_by_name) for row in rows.to_dicts()]


def _by_name(proposals: pl.DataFrame | None) -> Mapping[str, list[Row]]:
    alike_by_name: dict[str, list[Row]] = {}
    for row in proposals.to_dicts() if proposals is not None else []:
        alike_by_name.setdefault(row.pop("asked"), []).append(row)
    return alike_by_name


def _names_of(con: Connection, unclear: pl.DataFrame) -> Mapping[str, str]:
    firm_ids = unclear["candidates"].explode().drop_nulls().unique().to_list() if unclear.height else []
    rows = con.execute("select firm_id, name from core_firm where list_contains($1::varchar[], firm_id)", [firm_ids])
    return dict(rows.fetchall())


def _answer(row: Row, firms: Mapping[str, str], alike_by_name: Mapping[str, list[Row]]) -> Row:
    """Candidates that a rule found come first, without a score; then those that are alike."""
    ruled = row.pop("candidates") or []
    if row["firm_id"] is not None:
        return {**row, "candidates": []}
    first = [{"firm_id": firm, "name": firms.get(firm), "score": None} for firm in ruled]
    alike = [firm for firm in alike_by_name.get(row["name_norm"], []) if firm["firm_id"] not in ruled]
    return {**row, "candidates": first + alike}
