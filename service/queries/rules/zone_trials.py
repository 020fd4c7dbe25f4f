"""Another edition, or other thresholds of one, tried out on the firms of a scope; nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from service.queries.release.cache import Cache
from service.queries.release.records import Listed, Slice
from service.queries.rules.draft_editions import drafts
from service.queries.rules.edition_impact import CHANGES, compared, conditions_of, verdicts_of, words_of
from tiers import Edition, load_rulebook
from tiers.errors import DraftError, TierError
from tiers.rulebook import EDITIONS
from tiers.schema.draft import Threshold as Threshold
from tiers.schema.draft import draft_of, draft_text, thresholds
from tiers.schema.ladder import ladder
from tiers.schema.literal import Literal as Literal
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.desk.desk import Desk
from warehouse.rows import Row

KEPT_TRIALS = 16
"""How many answers a process keeps, so that lists and their pages evaluate nothing again."""
UNKNOWN = "-"
"""The sector or rung of firms of which it is not known, or that hold none."""


@dataclass(frozen=True)
class Trial:
    """An edition as it is, and what takes its place: another edition, or other thresholds by condition."""

    first: str
    second: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_draft(self) -> bool:
        """Whether thresholds are tried out, and not another edition."""
        return not self.second

    @property
    def key(self) -> tuple[Any, ...]:
        """What the answer depends on."""
        return self.first, self.second, tuple(sorted(self.values.items()))


class ZoneTrials:
    """The questions of the page of trials; each is about the firms of the scope of its reader."""

    def __init__(self, release: Desk, version: list[Any], drafts_of: Home | None = None) -> None:
        """``drafts_of`` is the home whose drafts can be tried out; None for who sees none."""
        self._release, self._version = release, version
        self._drafts = {draft.draft_id: draft for draft in drafts(drafts_of)[0]} if drafts_of else {}

    def editions(self) -> list[Row]:
        """The editions that can be tried out, by designation and place, drafts last; ``is_deciding``: here."""
        titles = {name: title for name, title in ladder().items() if title.rank}
        of_files = [
            {**draft.row(), "zh": title.zh, "en": title.en, "rank": title.rank, "is_deciding": False}
            for draft in self._drafts.values()
            if (title := titles.get(draft.edition.designation)) is not None
        ]
        return [*self._of_release(), *of_files]

    def _of_release(self) -> list[Row]:
        return self._release.rows(
            "select edition.edition_id, edition.designation, title.zh, title.en, title.rank, edition.title_zh,"
            " edition.title_en, edition.place, edition.document, edition.number, edition.in_force_from,"
            " edition.edition_id in (select verdict.edition_id from desk_reconciliation__statuses as verdict)"
            " as is_deciding from desk_ref_editions as edition"
            " inner join desk_ref_designations as title using (designation)"
            " where title.rank > 0 and edition.has_figures order by title.rank, edition.place, edition.edition_id"
        )

    def first_edition(self) -> str:
        """The deciding edition with most quantities that can be tried out; raises ``BadInput`` where there is none."""
        deciding = [str(row["edition_id"]) for row in self.editions() if row["is_deciding"]]
        if not deciding:
            raise BadInput("本期没有可推演的版本", "this release has no edition that can be tried out")
        return max(deciding, key=lambda name: len(self.thresholds(Trial(name))))

    def thresholds(self, trial: Trial) -> list[Threshold]:
        """The quantities of the first edition, as written and as tried out; raises ``BadInput``."""
        try:
            return thresholds(_edition(trial.first), trial.values)
        except DraftError as error:
            raise BadInput(error.zh, error.en) from error

    def draft(self, trial: Trial) -> str:
        """The edition with the thresholds tried out, as the text of its file; raises ``BadInput``."""
        self.thresholds(trial)
        return draft_text(_file(trial.first), trial.values)

    def totals(self, trial: Trial) -> Row:
        """``counts`` by change, ``conditions`` that did it, and firms by change of each ``rungs`` and ``sectors``."""
        firms = self._firms(trial)
        counts = dict(firms.group_by("change").len().rows())
        return {
            "counts": {change: counts.get(change, 0) for change in CHANGES},
            "conditions": conditions_of(firms),
            "rungs": _by(firms, "rung"),
            "sectors": _by(firms, "sector"),
        }

    def firms(self, trial: Trial, change: str, rung: str, sector: str, part: Slice) -> Listed:
        """The firms of a change, of a rung held or a sector where named, by name; every one changed where empty.

        Raises ``BadInput`` for an unknown change.
        """
        if change and change not in CHANGES:
            listed = "、".join(CHANGES)
            raise BadInput(f"没有这种变化：{change}；有 {listed}", f"there is no change {change}: {listed}")
        firms = self._firms(trial)
        chosen = firms.filter(pl.col("change") == change if change else pl.col("change") != "unchanged")
        for column, value in (("rung", rung), ("sector", sector)):
            chosen = chosen.filter(pl.col(column) == value) if value else chosen
        rows = chosen.sort("change", "name", "firm_id").slice(part.offset, part.limit).to_dicts()
        return Listed(rows, chosen.height)

    def if_in_force(self, edition: Edition, mark: str) -> Row:
        """An edition that decides nothing yet, on the firms of the scope; ``mark`` is another one where its text is.

        ``answers`` counts firms by outcome; ``first`` is the edition that decides now, None where there is none, and
        ``changes`` counts what would become of firms if this took its place.
        """
        first = next((row["edition_id"] for row in self._deciding(edition.designation)), None)
        key = (*map(str, self._version), edition.id, mark, first)
        after = _kept.get(key, lambda: self._between(_edition(first) if first else edition, edition))
        counted = dict(after.group_by("after").len().rows())
        changes = dict(after.group_by("change").len().rows()) if first else {}
        return {"answers": counted, "first": first, "changes": changes, "firms": after.height}

    def _deciding(self, designation: str) -> list[Row]:
        return [row for row in self.editions() if row["is_deciding"] and row["designation"] == designation]

    def _between(self, first: Edition, second: Edition) -> pl.DataFrame:
        day: date = self._release.rows("select day from desk_parameter")[0]["day"]
        after = verdicts_of(self._facts(day), second, day)
        return compared(after if first is second else self._before(first, day), after)

    def _firms(self, trial: Trial) -> pl.DataFrame:
        """One row a firm of the scope with both answers; kept, since a page asks several questions of it."""
        draft = self._drafts.get(trial.second)
        key = (*map(str, self._version), *trial.key, draft.mark if draft else "")
        return _kept.get(key, lambda: self._compared(trial))

    def _compared(self, trial: Trial) -> pl.DataFrame:
        self.thresholds(trial)
        first = _edition(trial.first)
        second = draft_of(_file(trial.first), trial.values) if trial.is_draft else self._other(trial.second)
        if second.designation != first.designation:
            raise BadInput(
                f"{second.id} 与 {first.id} 不是同一称号，不能替换",
                f"{second.id} is about another designation than {first.id}",
            )
        named = self._release.frame(
            f"select firm.firm_id, firm.name, coalesce(left(firm.industry_code, 2), '{UNKNOWN}') as sector,"  # noqa: S608 - our word
            f" coalesce(mover.held, '{UNKNOWN}') as rung from desk_firm as firm"
            " left join desk_movers__firms as mover using (firm_id)"
        )
        words = words_of([first, second])
        return (
            self._between(first, second)
            .join(words, on=["decided_by", "condition"], how="left")
            .join(named, on="firm_id", how="inner")
        )

    def _other(self, name: str) -> Edition:
        return self._drafts[name].edition if name in self._drafts else _edition(name)

    def _before(self, edition: Edition, day: date) -> pl.DataFrame:
        """The verdicts of an edition as it is: the same for every draft of it."""
        key = (*map(str, self._version), edition.id)
        return _kept.get(key, lambda: verdicts_of(self._facts(day), edition, day))

    def _facts(self, day: date) -> pl.DataFrame:
        return self._release.frame("select * from desk_firm__facts where day = $1 order by firm_key", [day])


_kept = Cache[pl.DataFrame](KEPT_TRIALS)


def _edition(name: str) -> Edition:
    try:
        return load_rulebook().edition(name)
    except TierError as error:
        raise BadInput(f"没有这个版本：{name}", f"there is no edition {name}") from error


def _file(name: str) -> Path:
    """The file of an edition that the rule book has: its id is its place in the folder."""
    return EDITIONS / f"{_edition(name).id}.yml"


def _by(firms: pl.DataFrame, column: str) -> list[Row]:
    """Firms by a column and change, a row a value of the column; those with most changes first."""
    counted = firms.group_by(column, "change").len().rows()
    rows: dict[str, Row] = {}
    for value, change, count in counted:
        rows.setdefault(value, {column: value, **dict.fromkeys(CHANGES, 0)})[change] = count
    return sorted(rows.values(), key=lambda row: (-sum(row[change] for change in CHANGES[:-1]), row[column]))
