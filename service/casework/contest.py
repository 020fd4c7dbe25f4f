"""A contest of a figure as a page sends it: what would change, then the claim with the files that prove it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from service.decisions import contests
from service.decisions.contests import Claim
from service.decisions.signed import Signed
from warehouse.errors import BadInput
from warehouse.home import Home

Row = dict[str, Any]
Files = Sequence[tuple[str, bytes]]
"""Names and contents."""


def claim_of(firm_id: str, fields: Mapping[str, str]) -> Claim:
    """The claim of a form; raises ``BadInput`` where the figure or its value is missing."""
    fact, claimed = (fields.get(name, "").strip() for name in ("fact", "claimed"))
    if not fact or not claimed:
        raise BadInput("请选择哪个数，并填写企业认为应是多少", "choose the figure, and say what it should be")
    return Claim(firm_id, fact, claimed, fields.get("row", "").strip() or None)


def preview(home: Home, firm_id: str, fields: Mapping[str, str]) -> Row:
    """What would change, as ``contests.preview``; nothing is kept."""
    return contests.preview(home, claim_of(firm_id, fields))


def add(home: Home, firm_id: str, fields: Mapping[str, str], files: Files, signed: Signed) -> Row:
    """Send the contest with its proofs; its content, with ``effects`` and ``due_on``."""
    claim = claim_of(firm_id, fields)
    with TemporaryDirectory(prefix="tidu-proof-") as folder:
        paths = []
        for number, (name, content) in enumerate(files):
            own = Path(folder) / str(number)
            own.mkdir()
            paths.append(own / (Path(name.replace("\\", "/")).name[:100] or "proof"))
            paths[-1].write_bytes(content)
        return dict(contests.add(home, claim, paths, signed).content)
