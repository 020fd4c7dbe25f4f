"""Decisions about names and links: which firm is meant, checked against the release; kinds: ``identity.joins``."""

from dataclasses import dataclass
from datetime import date, datetime

from warehouse.casebook.statements import Casebook, Statement
from warehouse.database import Database, normalised
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.identity.joins import JOIN, KINDS, LINK, LINKS, PART
from warehouse.release import releases


@dataclass(frozen=True)
class Joiner:
    """One person who says which firm is meant."""

    home: Home
    by: str
    why: str
    now: datetime

    def join(self, words: str, firm_id: str) -> Statement:
        """A name, or one row, means this firm; raises ``BadInput`` for a firm or row that the release does not know."""
        return self._say(JOIN, words, firm_id)

    def part(self, words: str, firm_id: str) -> Statement:
        """A name, or one row, does not mean this firm, whatever the rules find."""
        return self._say(PART, words, firm_id)

    def link(self, firm_id: str, kind: str, other_id: str, on: date) -> Statement:
        """From a day on one firm is this to another; raises ``BadInput`` for another kind, or a firm with itself."""
        with Database.in_memory(release=releases.current(self.home)) as database:
            firm, other = _firm(database, firm_id), _firm(database, other_id)
        if kind not in LINKS or firm == other:
            raise BadInput(
                f"关系应为 {'、'.join(LINKS)} 之一，且不是同一家", f"one of {', '.join(LINKS)}, of two firms"
            )
        content = {"firm": firm, "other": other, "kind": kind, "on": on.isoformat()}
        subject = f"link:{firm}/{other}/{kind}"
        return Casebook(self.home).say(LINK, subject, content, by=self.by, why=self.why, now=self.now)

    def undo(self, number: int) -> Statement:
        """Withdraw what was said; raises ``BadInput`` where it is no join, or stands no more."""
        book = Casebook(self.home)
        said = {one.statement_id: one for one in book.statements()}
        found = said.get(number)
        if found is None or found.kind not in KINDS or found.withdraws is not None:
            raise BadInput(
                f"第 {number} 号不是对名称或企业关系的判断", f"statement {number} is not about names or links"
            )
        if any(one.withdraws == number for one in said.values()):
            raise BadInput(f"第 {number} 号已撤回", f"statement {number} was withdrawn already")
        return book.say(
            found.kind, found.subject, found.content, by=self.by, why=self.why, now=self.now, withdraws=number
        )

    def _say(self, kind: str, words: str, firm_id: str) -> Statement:
        with Database.in_memory(release=releases.current(self.home)) as database:
            subject, firm = _subject(database, words), _firm(database, firm_id)
        return Casebook(self.home).say(kind, subject, {"firm": firm}, by=self.by, why=self.why, now=self.now)


def _subject(database: Database, words: str) -> str:
    """``row:…`` for the address of a row of the release, else ``name:…``."""
    address = words.strip()
    mention = database.value(
        "select mention_id from release.core_mention where mention_id = $1 or feed || '/' || mention_id = $1", [address]
    )
    if mention:
        return f"row:{mention}"
    if "/" in address:
        raise BadInput(f"没有这一行：{address}", f"there is no such row: {address}")
    norm = normalised(words)
    if not norm:
        raise BadInput("请写出企业名称或行的地址", "name a firm, or the address of a row")
    return f"name:{norm}"


def _firm(database: Database, firm_id: str) -> str:
    firms = database.column(
        "select firm_id from release.core_firm where firm_id = $1 or uscc = upper($1) or stock_code = $1",
        [firm_id.strip()],
    )
    if len(firms) != 1:
        raise BadInput(
            f"没有这家企业：{firm_id}；请写统一社会信用代码或股票代码",
            f"there is no such firm: {firm_id}; give its credit code or stock code",
        )
    return str(firms[0])
