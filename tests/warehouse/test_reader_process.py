"""The reader process: a file that crashes or exhausts it is refused, and the next file is read."""

import inspect
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from broken_books import KNOWN, NAME, good
from waits import ended, first_line, until

from warehouse.errors import LONGEST_MESSAGE, BadInput, ReaderFailed
from warehouse.intake.readers import limits, process
from warehouse.intake.readers.process import Reader
from warehouse.intake.readers.table_files import cached_tables

pytestmark = [pytest.mark.faults, pytest.mark.rule("nothing-lost")]

FEED = KNOWN["registry__firms"]
HEAD = "统一社会信用代码,企业名称,成立日期,登记状态"
PARENT = """
import sys, time
from pathlib import Path
from warehouse.intake.feed import load_feeds
from warehouse.intake.readers.process import Reader
path = Path(sys.argv[1])
with Reader() as reader:
    reader.read(path, path.name, load_feeds()["registry__firms"], path.with_suffix(".tables"))
    print(reader._process.pid, flush=True)
    time.sleep(600)
"""


@pytest.fixture(autouse=True)
def _own_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the product starts and ends them, see ``kept_reader``."""
    monkeypatch.setattr(process, "_start", inspect.unwrap(process._start))
    monkeypatch.setattr(Reader, "__exit__", inspect.unwrap(Reader.__exit__))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (path := tmp_path / f"{NAME}.xlsx").write_bytes(good())
    return path


def large(folder: Path, rows: int = 400_000) -> Path:
    path = folder / "登记信息_20260102.csv"
    path.write_text(f"{HEAD}\n" + "91330106MA01000169,杭州甲乙科技有限公司,2015-03-02,存续\n" * rows, "utf-8")
    return path


def read(reader: Reader, path: Path) -> int:
    folder = path.with_suffix(".tables")
    reader.read(path, path.name, FEED, folder)
    return sum(table.rows.height for table in cached_tables(folder))


def has_ended(pid: int) -> bool:
    """Whether a process has ended; a zombie has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")")[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_is_read(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIDU_READER_MEMORY_MB", "450")
    path = large(tmp_path, 1_500_000)

    with Reader() as reader:
        with pytest.raises(BadInput) as refused:
            read(reader, path)
        assert read(reader, small) == 3

    assert path.name in refused.value.zh
    assert path.name in refused.value.en
    assert list(tmp_path.glob("*0102*.tables")) == []


def test_a_file_that_exceeds_the_cpu_limit_is_refused_and_the_next_is_read(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = large(tmp_path, 1_000)
    monkeypatch.setattr(limits, "READER_SECONDS", 0.0001)

    with Reader() as reader:
        with pytest.raises(BadInput, match="TIDU_READER_SECONDS"):
            read(reader, path)
        monkeypatch.setattr(limits, "READER_SECONDS", 120)
        assert read(reader, small) == 3


def test_a_killed_process_is_restarted(small: Path, tmp_path: Path) -> None:
    with Reader() as reader:
        read(reader, small)
        assert reader._process
        os.kill(reader._process.pid, signal.SIGKILL)

        assert read(reader, large(tmp_path, 5)) == 5


def test_a_process_that_does_not_start_stops_the_run(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDU_READER_MEMORY_MB", "10")

    with Reader() as reader, pytest.raises(ReaderFailed, match="TIDU_READER_MEMORY_MB"):
        read(reader, small)


def test_an_invalid_response_refuses_the_file(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_parsed", lambda _: None)
    monkeypatch.setattr(process, "_GRACE", 0.05)  # cat does not end by itself
    monkeypatch.setattr(
        process, "_start", lambda: subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    )

    with Reader() as reader, pytest.raises(BadInput, match=small.name):
        read(reader, small)


def test_the_process_ends_with_its_run_and_does_not_inherit_its_pipes(small: Path) -> None:
    run = subprocess.Popen([sys.executable, "-c", PARENT, small], stdout=subprocess.PIPE, text=True)
    worker = int(first_line(run))
    outside = Path(f"/proc/{run.pid}/fd/1").readlink()
    inside = {entry.readlink() for entry in Path(f"/proc/{worker}/fd").iterdir()}
    run.kill()
    assert ended(run) == -signal.SIGKILL

    assert outside not in inside
    until(lambda: has_ended(worker), "the end of the reader")


def test_no_process_is_started_before_the_first_file() -> None:
    with Reader() as reader:
        assert reader._process is None


def test_leaving_the_context_ends_the_process(small: Path) -> None:
    with Reader() as reader:
        read(reader, small)
        assert reader._process
        pid = reader._process.pid

    until(lambda: has_ended(pid), "the end of the reader")


def test_a_message_is_bounded_and_printable() -> None:
    error = BadInput("长" * 10_000 + "路", "x" * 10_000 + "\udcff way out")

    assert max(len(error.zh), len(error.en)) <= LONGEST_MESSAGE + 10
    assert error.zh.endswith("路")
    assert error.en.endswith("\\udcff way out")


def test_a_disk_error_does_not_refuse_the_file(small: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")

    with Reader() as reader, pytest.raises(OSError, match="taken"):
        reader.read(small, small.name, FEED, tmp_path / "taken" / "tables")
