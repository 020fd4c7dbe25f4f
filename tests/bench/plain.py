"""Plain reading of an inbox, the unit of ratios: every sheet and every CSV into a frame of texts.

python plain.py INBOX   says the number of rows as JSON on standard error
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl


def frames(inbox: Path) -> Iterator[pl.DataFrame]:
    """One frame a sheet or CSV."""
    for path in sorted(inbox.rglob("*.xlsx")):
        book = fastexcel.read_excel(path)
        for name in book.sheet_names:
            yield book.load_sheet(name, header_row=None, dtypes="string").to_polars()
    for path in sorted(inbox.rglob("*.csv")):
        yield pl.read_csv(path, infer_schema=False, has_header=False, truncate_ragged_lines=True, encoding="utf8-lossy")


if __name__ == "__main__":
    sys.stderr.write(json.dumps({"rows": sum(frame.height for frame in frames(Path(sys.argv[1])))}))
