"""How a figure of the page is had again: the command for its firms, and what gives it as it was known in this run."""

from typing import Any

from dash import html

from dash_app.wording.loader import Lang, words_of
from service.queries.release.commands import rebuilding_command
from service.reader import ReleaseQueries

word = words_of("targets")


def reproduction(command: str, release: ReleaseQueries, lang: Lang) -> html.P:
    """The command for the firms, from the vintage where the run is frozen, and the one that rebuilds the run."""
    months = release.frozen_months()
    again = f"{command} --frozen {months[-1]}" if months else command
    rebuilt = rebuilding_command(release.run()["run_id"])
    same: list[Any] = [word("again", lang), " ", html.Code(again), " · "]
    return html.P([*same, word("rebuilt", lang), " ", html.Code(rebuilt)], className="quiet proof")
