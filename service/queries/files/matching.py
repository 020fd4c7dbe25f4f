"""Joins the names of a file, or of a release, to firms, with the rule; for the rest, whom they may mean.

The rules are the models ``core_mention`` and ``core_mention__match``: a file is joined as a run would join it.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from service.queries.release.provenance import with_sources
from warehouse.database.build import Build
from warehouse.database.few_macros import Names
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.identity.likeness import propose
from warehouse.intake.feed import Feed, load_feeds
from warehouse.release import releases
from warehouse.rows import Row

JOINED = ("confirmed", "code", "certificate", "name", "former_name", "renaming", "core_name")
"""The rules that join, in the order in which they apply."""
UNJOINED = ("ambiguous", "conflict", "not_that_day", "parted", "none")
"""Why a mention is not joined: two firms fit, two ways disagree, not that day, a person parted it, nobody is known."""

MENTIONS = ("core_mention", "core_mention__match")

_OUT = (
    "select mention.mention_id, mention.sheet, mention.row_no, mention.name, mention.name_norm, mention.uscc,"
    " firm.name as firm, match.* exclude (mention_id, delivery_id, sheet, row_no)"
    " from core_mention as mention inner join core_mention__match as match using (mention_id)"
    " left join core_firm as firm on match.firm_id = firm.firm_id"
)


def match_file(home: Home, path: Path, feed_name: str | None, limit: int) -> list[Row]:
    """Every row of a file that names a firm, with its rule, firm and proposals; nothing is kept or changed.

    Raises ``BadInput`` where no feed reads such a file, or it cannot be read.
    """
    from warehouse import recipe  # what loads and builds, which the mentions of a release do without
    from warehouse.intake import landing

    feed = _feed(path, feed_name)
    with TemporaryDirectory(prefix="tidu-match-") as folder:
        own = Home(Path(folder) / "home")
        delivery = landing.keep(path, feed, own, 1, datetime.fromtimestamp(0, UTC))
        with Build.open(own.builds / "match.duckdb") as build:
            for rejection in recipe.load_rows(build, own, [delivery]):
                raise BadInput(rejection.message_zh, rejection.message_en)
            _join(build, home)
            answers = _answers(build, f"{_OUT} order by mention.sheet, mention.row_no", limit)
    return with_sources(releases.Published(home), answers)


def open_mentions(home: Home, limit: int) -> list[Row]:
    """The mentions of the current release that are not matched, with their candidates."""
    with Names.in_memory(release=releases.current(home)) as build:
        _view(build, {"core_mention", "core_mention__match", "core_firm", "core_firm__names"})
        order = "match.match_method, mention.name_norm, mention.mention_id"
        answers = _answers(build, f"{_OUT} where match.firm_id is null order by {order}", limit)
    return with_sources(releases.Published(home), answers)


def _feed(path: Path, feed_name: str | None) -> Feed:
    feeds = load_feeds()
    fitting = [feeds[feed_name]] if feed_name in feeds else [feed for feed in feeds.values() if feed.fits(path.name)]
    if len(fitting) == 1 and not (feed_name and feed_name not in feeds):
        return fitting[0]
    names = "、".join(sorted(feeds))
    raise BadInput(
        f"{path.name}: 请用 --feed 指明来源，可选 {names}", f"{path.name}: say with --feed what it is: one of {names}"
    )


def _join(build: Build, home: Home) -> None:
    """Match the file's mentions with the firms, names and certificates of the release and with today's statements."""
    from warehouse.casebook.statements import Casebook, write_statements
    from warehouse.models import building, graph

    build.attach(releases.current(home), "release")
    build.execute("insert into deliveries by name select * from release.deliveries")
    write_statements(build, Casebook(home).statements())
    staged = {table for table in graph.depends_on("core_mention") if table.startswith("stg_")}
    built = {*MENTIONS, "deliveries", "statement_standing", *staged}
    _view(build, {"core_firm", "core_firm__names"}.union(*map(graph.reads, MENTIONS)) - built)
    building.build_tables(build, [*sorted(staged), *MENTIONS])


def _view(build: Build, tables: Iterable[str]) -> None:
    for table in tables:
        build.execute(f"create view {table} as select * from release.{table}")  # noqa: S608 - our own tables


def _answers(build: Build, sql: str, limit: int) -> list[Row]:
    mentions = build.frame(sql)
    unclear = mentions.filter(pl.col("firm_id").is_null() & pl.col("name_norm").is_not_null())
    proposals = propose(build, unclear["name_norm"].unique().sort().head(limit)) if unclear.height else None
    alike = _by_name(proposals)
    firms = _names_of(build, unclear)
    return [_answer(row, firms, alike) for row in mentions.to_dicts()]


def _by_name(proposals: pl.DataFrame | None) -> Mapping[str, list[Row]]:
    by_name: dict[str, list[Row]] = {}
    for row in proposals.to_dicts() if proposals is not None else []:
        by_name.setdefault(row.pop("query"), []).append(row)
    return by_name


def _names_of(build: Build, unclear: pl.DataFrame) -> Mapping[str, str]:
    firms = unclear["candidates"].explode().drop_nulls().unique().to_list() if unclear.height else []
    named = "select firm_id, name from core_firm where list_contains($1::varchar[], firm_id)"
    return dict(build.tuples(named, [firms]))


def _answer(row: Row, firms: Mapping[str, str], alike: Mapping[str, list[Row]]) -> Row:
    """Candidates that a rule found come first, without a score; then those that are alike."""
    by_rule = row.pop("candidates") or []
    if "match_evidence" in row:  # a release of before rows were kept
        row = {**row, "statement_id": None, "source": row.pop("match_evidence")}
    if row["firm_id"] is not None:
        return {**row, "candidates": []}
    first = [{"firm_id": firm, "name": firms.get(firm), "score": None} for firm in by_rule]
    others = [firm for firm in alike.get(row["name_norm"], []) if firm["firm_id"] not in by_rule]
    return {**row, "candidates": first + others}
