"""Reading files: our reader, with heads, row numbers and all, against Polars or DuckDB reading the same file plainly.

python reading.py tidu|plain FILE  measures a reader in a process of its own; reading.py FOLDER ROWS writes the files.
"""

import json
import sys
import time
from pathlib import Path

import duckdb
import polars as pl
import xlsxwriter
from timed import report, run

from warehouse.intake.feed import load_feeds
from warehouse.intake.readers.table import read_tables

HEADS = ["uscc", "name", "reg_no", "status", "start_date", "reg_capital_text", "province", "city"]
FEEDS = {".csv": "vendor__registrations", ".xlsx": "registry__firms", ".json": "vendor__registrations"}
CHINESE = ["统一社会信用代码", "企业名称", "注册号", "登记状态", "成立日期", "注册资本", "住所", "登记机关"]
PLAIN = {".csv": "Polars", ".xlsx": "Polars", ".json": "DuckDB"}


def paths(folder: Path, rows: int) -> list[Path]:
    """Where the files of so many rows lie."""
    return [folder / f"new_registrations_{rows}.{ending}" for ending in ("csv", "json", "xlsx")]


def write(folder: Path, rows: int) -> None:
    """The same rows as CSV, XLSX and JSON lines; in a process of its own, so that its memory is not counted."""
    data = [
        [f"91330106MA{at:08d}", f"杭州第{at}科技有限公司", "", "存续", "2019-03-02", "500万元人民币", "浙江", "杭州"]
        for at in range(rows)
    ]
    comma, lines, book = paths(folder, rows)
    comma.write_text("\n".join([",".join(HEADS), *(",".join(row) for row in data)]), "utf-8")
    lines.write_text("\n".join(json.dumps(dict(zip(HEADS, row, strict=True)), ensure_ascii=False) for row in data))
    with xlsxwriter.Workbook(book, {"constant_memory": True}) as made:
        sheet = made.add_worksheet()
        for at, row in enumerate([CHINESE, *data]):
            sheet.write_row(at, 0, row)


def tidu(path: Path) -> int:
    """Rows by our reader."""
    feed = load_feeds()[FEEDS[path.suffix]]
    return sum(table.rows.height for table in read_tables(path, path.name, feed))


def plain(path: Path) -> int:
    """Rows by a reader that trusts the file; every value a text, as tidu reads."""
    if path.suffix == ".csv":
        return pl.read_csv(path, infer_schema=False).height
    if path.suffix == ".xlsx":
        return pl.read_excel(path, infer_schema_length=0).height
    with duckdb.connect() as con:
        return con.sql(f"select * from read_json('{path}')").to_arrow_table().num_rows


def measure_reading(folder: Path, rows: int) -> None:
    """Print rows a second, peak memory, and the ratio to the plain reader."""
    run([sys.executable, Path(__file__), folder, str(rows)])
    for path in paths(folder, rows):
        measured = {}
        for reader in ("tidu", "plain"):
            timed = run([sys.executable, Path(__file__), reader, path], TIDU_LARGEST_FILE_MB="1000")
            measured[reader] = (timed.reported["seconds"], timed.megabytes)
        (seconds, mb), (plain_seconds, plain_mb) = measured["tidu"], measured["plain"]
        print(
            f"{path.suffix[1:]:<5} {rows:>9,} rows: {rows / seconds:>11,.0f} rows/s, {mb:,.0f} MB;"
            f" {PLAIN[path.suffix]} {rows / plain_seconds:>11,.0f} rows/s, {plain_mb:,.0f} MB;"
            f" time ratio {seconds / plain_seconds:.1f}"
        )
        path.unlink()


if __name__ == "__main__":
    if sys.argv[1] not in ("tidu", "plain"):
        sys.exit(write(Path(sys.argv[1]), int(sys.argv[2])))
    load_feeds()  # definitions are read once a run, not once a file
    began = time.perf_counter()
    count = {"tidu": tidu, "plain": plain}[sys.argv[1]](Path(sys.argv[2]))
    sys.stderr.write(report(time.perf_counter() - began))
