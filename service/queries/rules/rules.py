"""The editions of the rules, clause by clause, and whom each is about in a scope."""

from dataclasses import dataclass
from datetime import date

from service.queries.release.address import AddressFilters
from service.queries.rules import rule_book
from service.queries.rules.draft_editions import Draft, drafts
from service.queries.rules.edition_cases import cases_of_rulebook
from service.queries.rules.places import place_of
from service.queries.rules.rule_book import DRAFT, FUTURE, IN_FORCE
from service.queries.rules.rule_book import STATES as STATES
from service.queries.rules.zone_trials import ZoneTrials
from tiers.errors import TierError
from tiers.places import is_within
from tiers.schema.ladder import ladder
from tiers.schema.unseen import unseen
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.desk.desk import Desk
from warehouse.rows import Row

NEAREST = 20
_ANSWERS = ", ".join(
    f"count(*) filter (outcome = '{outcome}') as {outcome}" for outcome in ("met", "judgement", "unknown", "not_met")
)


@dataclass(frozen=True)
class EditionFilters(AddressFilters):
    """Which editions: of a designation, a place with those around it, a confidence, a state, a day; or any."""

    designation: str = ""
    place: str = ""
    confidence: str = ""
    state: str = ""
    on: str = ""
    q: str = ""

    def day(self) -> date | None:
        """The day, None for any; raises ``BadInput``."""
        try:
            return date.fromisoformat(self.on) if self.on else None
        except ValueError as error:
            raise BadInput(f"日期应写作 2026-06-30：{self.on}", f"write a day as 2026-06-30, not {self.on}") from error


class RuleQueries:
    """The questions about editions to the rule book, and about their verdicts to a release in its scope."""

    def __init__(self, reader: Desk, drafts_of: Home | None, trials: ZoneTrials) -> None:
        """``drafts_of`` is the home whose drafts are seen; None for who sees none."""
        self._reader, self._trials = reader, trials
        self._drafts, self._refused = drafts(drafts_of) if drafts_of else ([], [])

    def refused_drafts(self) -> list[Row]:
        """Files of drafts that cannot be read, as ``file`` and ``why``."""
        return self._refused

    def choices(self) -> dict[str, list[Row]]:
        """The designations and places that have editions, with their names."""
        names = ladder()
        designations = sorted({row["designation"] for row in rule_book.editions()}, key=list(names).index)
        codes = sorted({row["place"] for row in rule_book.editions()})
        return {
            "designation": [{"value": name, "zh": names[name].zh, "en": names[name].en} for name in designations],
            "place": [{"value": code, **rule_book.place_words(code)} for code in codes],
        }

    def editions(self, asked: EditionFilters) -> list[Row]:
        """The editions asked for, the ladder first, with ``state`` on the release's day and the answers in the scope.

        Raises ``BadInput`` for a place or a day that cannot be understood.
        """
        code, on = place_of(asked.place) if asked.place else None, asked.day()
        day, counts = self._day(), self._counts()
        return [
            {
                **row,
                "state": rule_book.state_on(row, day),
                "place_words": rule_book.place_words(row["place"]),
                "counts": counts.get(row["edition_id"]),
            }
            for row in [*rule_book.named(draft.row() for draft in self._drafts), *rule_book.editions()]
            if asked.designation in ("", row["designation"]) and asked.confidence in ("", row["confidence"])
            if code is None or is_within(code, row["place"])
            if asked.state in ("", rule_book.state_on(row, day))
            if on is None or rule_book.state_on(row, on) == IN_FORCE
            if asked.q.casefold() in rule_book.text_of(row)
        ]

    def edition(self, edition_id: str) -> Row | None:
        """An edition with its conditions, notes, the one before it and what differs; None where there is none.

        Of one that is not in force yet, and of a draft, ``tried`` has what it would say now, see ``if_in_force``, and
        ``before`` is the edition that decides now.
        """
        draft = self._draft(edition_id)
        row = self._row(edition_id, draft)
        if row is None:
            return None
        state = rule_book.state_on(row, self._day())
        edition = draft.edition if draft else rule_book.book().edition(edition_id)
        conditions = draft.conditions() if draft else rule_book.conditions()[edition_id]
        tried = self._trials.if_in_force(edition, draft.mark if draft else "") if state in (FUTURE, DRAFT) else None
        before = self._row(tried["first"], None) if tried and tried["first"] else rule_book.edition_before(row)
        return {
            **row,
            "state": state,
            "place_words": rule_book.place_words(row["place"]),
            "notes": [note.model_dump() for note in edition.head.notes],
            "conditions": rule_book.with_routes(edition, conditions),
            "before": before,
            "differences": rule_book.differences(rule_book.conditions()[before["edition_id"]], conditions)
            if before
            else [],
            "counts": None if draft else self._counts(edition_id).get(edition_id),
            "answers": {} if draft else self._answers(edition_id),
            "tried": tried,
        }

    def cases(self, edition_id: str) -> Row:
        """The boundary cases of an edition or a draft, see ``cases_from``; raises ``BadInput`` for a spoilt file."""
        draft = self._draft(edition_id)
        try:
            return draft.cases() if draft else cases_of_rulebook(edition_id)
        except TierError as error:
            raise BadInput(f"案例文件不能读取：{error}", f"the file of cases cannot be read: {error}") from error

    def _row(self, edition_id: str, draft: Draft | None) -> Row | None:
        rows = rule_book.named([draft.row()]) if draft else rule_book.editions()
        return next((row for row in rows if row["edition_id"] == edition_id), None)

    def _draft(self, edition_id: str) -> Draft | None:
        return next((draft for draft in self._drafts if draft.draft_id == edition_id), None)

    def nearest(self, edition_id: str) -> list[Row]:
        """Firms of the scope that do not meet an edition for the fewest conditions, by the smallest gap of each."""
        return self._reader.rows(
            "select verdict.firm_id, firm.name, verdict.open_conditions, verdict.deciding_condition,"
            " verdict.deciding_gap, verdict.gap_unit, firm.next_zh, firm.next_en from desk_firm__verdicts as verdict"
            " inner join desk_movers__firms as firm on verdict.firm_id = firm.firm_id"
            " where verdict.edition_id = $1 and verdict.outcome = 'not_met' and not verdict.is_closed"
            " and verdict.deciding_gap is not null"
            " order by verdict.open_conditions, verdict.deciding_condition, verdict.deciding_gap, verdict.firm_id"
            " limit $2",
            [edition_id, NEAREST],
        )

    def unseen(self) -> list[Row]:
        """Known rule texts that were not available; they decide nothing."""
        names = ladder()
        return [
            {"designation_zh": names[text.designation].zh, "designation_en": names[text.designation].en,
             "place_words": rule_book.place_words(text.place), "zh": text.zh, "en": text.en}
            for text in unseen()
        ]  # fmt: skip

    def _day(self) -> date:
        (row,) = self._reader.rows("select day from desk_run__summary")
        day: date = row["day"]
        return day

    def _counts(self, edition_id: str | None = None) -> dict[str, Row]:
        """The answers of every edition, or of the one that is named."""
        where, values = ("where edition_id = $1", [edition_id]) if edition_id else ("", [])
        rows = self._reader.rows(
            f"select edition_id, {_ANSWERS}, bool_or(is_selected) as is_selected"  # noqa: S608 - our names
            f" from desk_firm__verdicts {where} group by edition_id",
            values,
        )
        return {row["edition_id"]: row for row in rows}

    def _answers(self, edition_id: str) -> dict[str, Row]:
        """How many firms of the scope meet each condition, do not, or cannot be judged."""
        rows = self._reader.rows(
            f"select condition_id, {_ANSWERS} from desk_firm__evidence where edition_id = $1 group by condition_id",  # noqa: S608
            [edition_id],
        )
        return {row["condition_id"]: row for row in rows}
