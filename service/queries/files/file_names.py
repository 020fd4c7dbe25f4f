"""Names of files as people change them when they correct a file."""

import re
from pathlib import Path
from unicodedata import normalize

CORRECTED = re.compile(
    r"[\s_\-—.]*[（(\[【]?(更正|修正|订正|补正|改正|重报|重发|重传|最终|终稿|修改|修订|改|新|corrected|correction|fixed|final|v\d+)"
    r"[版稿件后]?[）)\]】]?$",
    re.IGNORECASE,
)
"""What the name of a corrected file adds to that of the file it corrects."""


def list_name(file_name: str) -> str:
    """The name of a file without its suffix, case, and the marks of a corrected file."""
    name = normalize("NFKC", Path(file_name).stem).casefold().strip()
    while (shorter := CORRECTED.sub("", name).strip()) and shorter != name:
        name = shorter
    return name
