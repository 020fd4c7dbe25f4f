"""Which firms and rows a statement links, so that a part that contains some of them contains all.

A person may join a name to a firm with which it shares neither code nor name, and link two firms.
"""

from collections.abc import Iterable
from typing import Any

import polars as pl

from warehouse.casebook.statements import Statement
from warehouse.database.build import Build
from warehouse.identity import joins

_LINK = {"name": pl.String, "row": pl.String, "firm": pl.String, "other": pl.String}


def write_decision_links(build: Build, statements: Iterable[Statement]) -> None:
    """``decision_link``: key, mention_id, firm_key of every statement about names and firms, withdrawn or not.

    ``key`` is that of the name or of the other firm; a row is named by ``mention_id`` instead.
    """
    links = pl.DataFrame([_link(entry) for entry in statements if entry.kind in joins.KINDS], schema=_LINK)
    with build.view("link", links):
        build.execute(
            "create or replace temp table decision_link as"
            " select distinct hash(coalesce(name, other)) as key, null as mention_id, hash(firm) as firm_key"
            " from link where row is null"
            " union all select null as key, row as mention_id, hash(firm) as firm_key from link where row is not null"
        )


def _link(statement: Statement) -> dict[str, Any]:
    what, _, about = statement.subject.partition(":")
    return {**{name: about if name == what else None for name in ("name", "row")}, **_firms(statement)}


def _firms(statement: Statement) -> dict[str, Any]:
    return {"firm": statement.content["firm"], "other": statement.content.get("other")}
