"""Verdicts that a missing figure cannot change: each value of it is tried where conditions share it.

Three-valued logic leaves an edition unknown where two conditions need the same missing figure, even if no value of it
could change the answer: a share of research too small for any revenue that is large enough. The other conditions do not
depend on one another, so their unknown answers are exact. Trying one figure after another is therefore sound: whatever
is decided holds for all values.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import polars as pl

from tiers.columns import outcome
from tiers.columns.sheet import Sheet, roots
from tiers.columns.view import View, before_founding
from tiers.evaluation.candidates import Candidates
from tiers.evaluation.compiled import Compiled, compiled
from tiers.evaluation.counterexamples import completions, conflicting, flag, undecided
from tiers.schema.condition import Comparison, Leaf
from tiers.schema.edition import Edition
from tiers.schema.facts import ago_of, may_be_missing, schema
from tiers.schema.points import Scored

LEVELS = 4
"""So many figures are tried together; where more are shared the verdict stays unknown."""
MOST_STATES = 40
"""States of one firm that are gone on with; a verdict that needs more stays unknown."""
AT_ONCE = 1_000
"""Firms that are tried together, so that memory stays flat."""
FEW_TRIALS_AT_ONCE = 5 * AT_ONCE
"""Firms for which a few counterexamples are tried together: a query costs by its columns as much as by such rows."""
PAIR = 2
"""A ratio of two facts takes every value while one of them is missing; a sum of more may not."""


def completed(parts: Sequence[Compiled], sheet: pl.DataFrame, day: date, terms_on: date | None = None) -> pl.DataFrame:
    """The sheet with the verdicts of editions that no missing figure could change; see ``compiled``."""
    trials = [trial for part in parts if (trial := _trial(part.edition, day, terms_on)).shared]
    # The sheet has thousands of columns, and a query on it costs by their number: one query for all editions
    open_rows = sheet.select(trial.may_be_decided.alias(str(number)) for number, trial in enumerate(trials))
    verdicts = [
        verdict
        for trial, is_open in zip(trials, open_rows, strict=True)
        if is_open.any()
        for verdict in trial.verdicts(sheet, is_open)
    ]
    return sheet.with_columns(verdicts) if verdicts else sheet


@lru_cache(maxsize=512)
def _trial(edition: Edition, day: date, terms_on: date | None) -> "_Trial":
    return _Trial(compiled(edition, day, terms_on), day)


@dataclass(frozen=True, eq=False)
class _Trial:
    part: Compiled
    day: date

    @cached_property
    def facts(self) -> list[str]:
        """The columns that the edition reads."""
        return [name for name in schema() if name in self.part.facts]

    @cached_property
    def shared(self) -> dict[str, pl.Expr]:
        """For facts that several tests need: whether the fact is missing and open conditions rest on it together."""
        shared = {fact: list(self._needing(fact)) for fact in self.facts if fact in may_be_missing()}
        often = [fact for fact, uses in shared.items() if sum(weight for _, weight in uses) > 1]
        often.sort(key=lambda fact: (fact != "founded_on", -len(shared[fact])))  # founding states which years there are
        return {fact: self._is_open(fact, shared[fact]) for fact in often}

    def _needing(self, fact: str) -> Iterator[tuple[int, int]]:
        """The number of each condition that needs the fact, and in how many of its quantities."""
        for number, (leaf, columns) in enumerate(self.part.leaves):
            if fact in columns.facts:
                yield number, 2 if _is_composed(leaf, columns.facts) else 1
            elif fact == "founded_on" and any(ago_of(needed) is not None for needed in columns.facts):
                yield number, 1  # years before founding count as zero

    def _is_open(self, fact: str, uses: list[tuple[int, int]]) -> pl.Expr:
        open_uses = [
            (self.part.answer_of(number) == outcome.UNKNOWN).cast(pl.Int16) * weight for number, weight in uses
        ]
        return pl.col(fact).is_null() & (pl.sum_horizontal(open_uses) > 1)

    @cached_property
    def may_be_decided(self) -> pl.Expr:
        """Whether the verdict is unknown and trying a figure could decide it."""
        return (self.part.root.answer == outcome.UNKNOWN) & pl.any_horizontal(list(self.shared.values()))

    def verdicts(self, sheet: pl.DataFrame, is_open: pl.Series) -> Iterator[pl.Series]:
        """The columns of the answer and the deciding condition, with the decided ones; none where none is decided."""
        origin = is_open.arg_true()
        # Rows and columns are taken by place and name: a query costs by its columns, and a trial would be three more
        rows = self.without_counterexample(sheet[origin, self._needed].insert_column(0, origin.alias("origin")))
        if rows.is_empty():
            return
        decided = self.decided(self.states(rows))
        for name, column in (("answer", self.part.root.answer), ("deciding", self.part.root.deciding)):
            yield sheet[column.meta.output_name()].scatter(decided["origin"], decided[name])

    @cached_property
    def candidates(self) -> dict[str, Candidates]:
        """The values to try by fact."""
        view = View(self.day, self.part.edition.offset(self.day), is_filled=True)
        return {
            fact: Candidates(fact, [leaf for leaf, columns in self.part.leaves if fact in columns.facts], view)
            for fact in self.shared
        }

    @cached_property
    def _completions(self) -> list[pl.DataFrame]:
        return completions(self.candidates)

    @cached_property
    def _before_founding(self) -> list[pl.Expr]:
        return [column for name, column in before_founding(self.day).items() if name in self.facts]

    @cached_property
    def _next(self) -> pl.Expr:
        following = [pl.when(is_open).then(pl.lit(fact)) for fact, is_open in self.shared.items()]
        return pl.when(self.part.root.answer == outcome.UNKNOWN).then(pl.coalesce(following))

    @cached_property
    def _read(self) -> list[pl.Expr]:
        """The answer, the deciding condition and what is open."""
        return [self.part.root.answer, self.part.root.deciding, *self.shared.values()]

    @cached_property
    def _needed(self) -> list[str]:
        """The columns of the sheet that a trial begins from."""
        return [*self._kept, *sorted(roots(self._read).difference(self._kept))]

    @cached_property
    def _kept(self) -> list[str]:
        """The columns of a state: the facts, and what is read of the sheet that no trial changes."""
        changed = {name for stage in self._columns for name in stage}
        read = roots([*self._read, *(column for stage in self._columns for column in stage.values())])
        return [*self.facts, *sorted(read - changed - {*self.facts})]

    @cached_property
    def _changing(self) -> set[str]:
        """The facts that a trial changes; a founding also closes the years before it."""
        years = before_founding(self.day) if "founded_on" in self.shared else {}
        return {*self.shared, *years}

    @cached_property
    def _columns(self) -> Sheet:
        return self.part.sheet.read_by(self._read).resting_on(self._changing)

    @cached_property
    def _columns_of_answer(self) -> Sheet:
        return self.part.sheet.read_by([self.part.root.answer]).resting_on(self._changing)

    def evaluated(self, states: pl.DataFrame) -> pl.DataFrame:
        """``states`` of facts with other values than those of the sheet."""
        return self.states(self._columns.on(states.with_columns(self._before_founding)))

    def answered(self, states: pl.DataFrame) -> pl.DataFrame:
        """Grain origin: the ``answer`` of ``states`` alone, which takes half of what ``evaluated`` takes.

        The years before a founding are closed already.
        """
        return self._columns_of_answer.on(states).select("origin", answer=self.part.root.answer)

    def states(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The facts with ``answer``, ``deciding`` and the fact to try ``next``, null where there is none.

        ``frame`` has ``origin`` and the columns of the edition's sheet.
        """
        return frame.select(
            "origin", *self._kept, answer=self.part.root.answer, deciding=self.part.root.deciding, next=self._next
        )

    def without_counterexample(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows of the sheet whose verdict may be decided, as far as a few completions show."""
        flags = {flag(fact): is_open for fact, is_open in self.shared.items()}
        states = rows.with_columns(**flags)[["origin", *self._kept, *flags]]
        shares = [
            undecided(share, self._completions, self._before_founding, self.answered)
            for share in states.iter_slices(FEW_TRIALS_AT_ONCE)
        ]
        return _without(rows, pl.concat(shares))

    def decided(self, states: pl.DataFrame) -> pl.DataFrame:
        """Grain origin: ``answer`` and ``deciding`` of the rows whose answer is the same for all values."""
        return pl.concat([self._decided(share) for share in states.iter_slices(AT_ONCE)])

    def _decided(self, states: pl.DataFrame) -> pl.DataFrame:
        answers = states.clear().select("origin", "answer", "deciding")
        for _ in range(LEVELS):
            if states.is_empty():
                break
            children = self.evaluated(self._children(states))
            answers = pl.concat([answers, children.filter(pl.col("answer") != outcome.UNKNOWN).select(answers.columns)])
            still_open = children.filter(pl.col("answer") == outcome.UNKNOWN)
            unknown = still_open.filter(pl.col("next").is_null() | (pl.len().over("origin") > MOST_STATES))["origin"]
            lost = pl.concat([conflicting(answers), unknown])
            answers, states = _without(answers, lost), _without(still_open, lost)
        answers = _without(answers, states["origin"])
        return answers.sort("origin", "answer", "deciding").unique("origin", keep="first", maintain_order=True)

    def _children(self, states: pl.DataFrame) -> pl.DataFrame:
        groups = states.partition_by("next", as_dict=True)
        return pl.concat(
            [self.candidates[str(fact)].split(group.select("origin", *self._kept)) for (fact,), group in groups.items()]
        )


def _is_composed(leaf: Leaf, facts: Sequence[str]) -> bool:
    """Whether the answer with one fact missing may be decided: several quantities or a sum, or both answers pass."""
    if isinstance(leaf, Comparison):
        is_compound = leaf.by is not None or leaf.also_read_as is not None or len(facts) > PAIR
        return is_compound or leaf.otherwise == "judgement"
    return isinstance(leaf, Scored)


def _without(frame: pl.DataFrame, origins: pl.Series) -> pl.DataFrame:
    return frame if origins.is_empty() else frame.filter(~pl.col("origin").is_in(origins.implode()))
