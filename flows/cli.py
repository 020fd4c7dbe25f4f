"""The command line: ``tidu``.

Exit codes: 0 done · 2 wrong usage · 3 bad input · 4 a check stopped publication · 5 anything else · 6 a feed is late ·
7 the release is complete and held: more firms changed than the publish gate allows.
"""

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import typer

from flows.commands import (
    access,
    account,
    alerts,
    application,
    assign,
    benefits,
    calculate,
    case,
    casebook,
    catalogue,
    changes,
    cohorts,
    contest,
    digest,
    due,
    duties,
    editions,
    explain,
    extract,
    feeds,
    flows,
    freeze,
    impact,
    landing,
    ledger,
    match,
    movers,
    odds,
    pack,
    playbook,
    pool,
    quality,
    quarantine,
    reclassify,
    release,
    releases,
    report_cards,
    request,
    run,
    sample,
    scheduler,
    schemes,
    score,
    serve,
    services,
    sheet,
    step,
    survival,
    target,
    targets,
    task,
    token,
    units,
    visit,
    what_if,
    zones,
)
from flows.commands.options import last_home
from flows.progress import say
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from flows.terminal.spoken_commands import Spoken, speak_usage_errors
from service.disk import disk_full, is_exhausted, known, refused
from service.releases.published_here import has_release, published_here
from warehouse.errors import BadInput, CheckStoppedRelease, NoRelease, ReleaseHeld, StepFailed, WarehouseError

BAD_INPUT, STOPPED, INTERNAL, HELD = 3, 4, 5, 7
app = typer.Typer(
    name="tidu",
    cls=Spoken,
    help=both(
        "Tidu 梯度：高新区企业梯度培育台账。\n\n--lang zh|en 终端只用这一种语言（默认：TIDU_LANG 或系统语言）",
        "Tidu: follows the firms of a high-tech zone along the ladder.\n\n"
        "--lang zh|en the language of the terminal (default: TIDU_LANG, or the locale)",
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
SINGLE = (
    *(sample, run, movers, explain, editions, catalogue, changes, ledger, step, what_if),
    *(impact, due, duties, score, schemes, flows, survival, cohorts, odds, targets),
    *(playbook, benefits),
    *(extract, sheet, pack, report_cards, digest, alerts, freeze, reclassify, zones, serve),
)
"""The commands without commands of their own, in the order in which the help lists them."""
GROUPS = {
    "case": case,
    "visit": visit,
    "request": request,
    "task": task,
    "application": application,
    "contest": contest,
    "assign": assign,
    "feeds": feeds,
    "releases": releases,
    "release": release,
    "casebook": casebook,
    "account": account,
    "token": token,
    "access": access,
    "landing": landing,
    "quarantine": quarantine,
    "units": units,
    "match": match,
    "calculate": calculate,
    "quality": quality,
    "pool": pool,
    "target": target,
    "services": services,
    "scheduler": scheduler,
}
for module in SINGLE:
    for command in module.COMMANDS:
        app.command(no_args_is_help=command.needs_words)(command.run)
for name, group in GROUPS.items():
    app.add_typer(group.app, name=name)
speak_usage_errors(app)


def exit_code(error: Exception) -> int:
    """Which family a failure belongs to."""
    if isinstance(error, BadInput | NoRelease):
        return BAD_INPUT
    if isinstance(error, CheckStoppedRelease):
        return STOPPED
    if isinstance(error, ReleaseHeld):
        return HELD
    return INTERNAL


def main() -> None:
    """Run one command; every failure ends in a message for a person and an exit code for a pipeline."""
    published = len(published_here())
    try:
        app()
    except WarehouseError as error:
        trace = f"\n{_kept_trace()}" if isinstance(error, StepFailed) else ""
        _fail(of_both(error.zh, error.en) + trace, published, exit_code(error))
    except OSError as error:
        failed = refused(Path(error.filename or last_home().root), error)
        _fail(of_both(failed.zh, failed.en), published, INTERNAL)
    except Exception as error:
        if (of_machine := _of_the_machine(error)) is not None:
            _fail(of_both(of_machine.zh, of_machine.en), published, INTERNAL)
        _fail(f"{of_both('内部错误，详情见', 'Internal error, see')} {_kept_trace()}", published, INTERNAL)


def _fail(message: str, published: int, code: int) -> None:
    say(message, "✗", "red")
    if (fate := _fate(published)) is not None:
        say(fate)
    sys.exit(code)


def _fate(published: int) -> str | None:
    """What became of a run that failed, by whether it had published; None for other commands, and of zones."""
    if any(word.startswith("--zones") for word in sys.argv):
        return None
    if runs := published_here()[published:]:
        return of_both(f"第 {runs[-1]} 期已发布，有效", f"Run {runs[-1]} was published and stands.")
    if sys.argv[1:2] != ["run"]:
        return None
    if not has_release(last_home()):
        return of_both("本次未发布任何内容", "This run published nothing.")
    return of_both("本次未发布任何内容，上一期仍然有效", "This run published nothing; the last release stands.")


def _of_the_machine(error: Exception) -> WarehouseError | None:
    """What the machine refused to a library that says so in its own words; None where it is not to blame."""
    root = last_home().root
    if (failed := known(root, error)) is not None:
        return type(failed)(failed.zh, failed.en, _kept_trace())
    return disk_full(root, _kept_trace()) if is_exhausted(root) else None


def _kept_trace() -> str:
    """Where the details of an unforeseen failure were written; elsewhere without a home that can be written."""
    name, trace = f"error-{datetime.now(UTC):%Y%m%d-%H%M%S}.log", traceback.format_exc()
    try:
        folder = last_home().runs if last_home().exists() else Path(mkdtemp(prefix="tidu-"))
        path = folder / name
        path.write_text(trace, "utf-8", errors="backslashreplace")
    except (WarehouseError, OSError):
        path = Path(mkdtemp(prefix="tidu-")) / name
        path.write_text(trace, "utf-8", errors="backslashreplace")
    return str(path)
