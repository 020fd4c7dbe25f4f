"""What of an answer is neither in the language that was asked for nor data: for ``test_examples``."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tiers.schema.premise import FIRM_EXISTS

HAN = r"[\u3400-\u9fff]+"
PROSE = r"[a-z]{2,}(?:[,;:]? [a-z]{2,}){2}"
"""English that is no name and no command: three words in a row."""
ROOT = Path(__file__).parents[2]
CITED = (ROOT / "tiers", ROOT / "warehouse" / "intake")


@cache
def _citations() -> str:
    """What is cited as it is written, documents, clauses, headings of files: all but the wording of rules and feeds."""
    texts = (path.read_text("utf-8") for folder in CITED for path in folder.rglob("*.yml"))
    own = f"{FIRM_EXISTS.clause}\n"
    return own + "\n".join(re.sub(r"\b(?:\w+_)?zh: *(?:'[^']*'|\"[^\"]*\"|[^,}\n]*)", "", text) for text in texts)


def strange(shown: str, lang: str, data: Iterable[str]) -> list[str]:
    """The lines that have words of the other language; ``data`` are names, files and words that were typed."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    if lang == "zh":
        return [line for line in plain.splitlines() if re.search(PROSE, re.sub(r"tidu [a-z -]+", "", line))]
    known = "\n".join((_citations(), *data))
    return [line for line in plain.splitlines() if any(part not in known for part in re.findall(HAN, line))]
