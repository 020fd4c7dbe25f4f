"""``tidu pool``: the cultivation pool: its members, the steps they take, and why a step may not be taken."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.options import By, Firm, Format, FormatOption, HomeOption, JsonOption, Why, home_of, signed, today
from flows.commands.output import print_json, print_rows
from flows.terminal.help_text import both
from flows.terminal.language import language, of_both
from flows.terminal.markup import echo
from warehouse.home import Home

if TYPE_CHECKING:
    from service.decisions.pool import Steps
    from service.queries.cases.pool_situations import Act

app = typer.Typer(
    no_args_is_help=True, help=both("培育库：入库、服务、考核、出库。", "The pool: entry, service, assessment, exit.")
)

MEMBERS = ("name", "designation_zh", "state_zh", "next_zh", "due_on")
HISTORY = ("seq", "on", "step_zh", "state_zh", "by", "why")
STEPS = ("step", "step_zh", "from", "to", "by", "papers")
Role = Annotated[
    str,
    typer.Option("--as", help=both("以何角色", "In which role: officer · statistician · director · incubator · local")),
]
Designation = Annotated[
    str | None,
    typer.Option(
        help=both("培育目标（称号代码）", "What it is cultivated for, by its code"),
        show_default=both("入库时的目标", "the member's own"),
    ),
]
Papers = Annotated[
    list[str] | None,
    typer.Option("--paper", help=both("材料=存放处", "A paper and where it is filed, as panel_minutes=2026-17")),
]
Ground = Annotated[str | None, typer.Option(help=both("出库理由", "Why it leaves, such as moved_out"))]


@app.command("list")
def members(
    state: Annotated[
        str | None,
        typer.Option(
            help=both("状态", "A state, such as in_pool"), show_default=both("未出库的", "all who have not left")
        ),
    ] = None,
    designation: Designation = None,
    late: Annotated[bool, typer.Option("--late", help=both("只列逾期的", "Only what is overdue"))] = False,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """The members: what for, state, what is due next and when.

    中文：在库企业：目标、状态、下一步与期限。

    $ tidu pool list --designation gazelle --late
    """
    from service.queries.cases import pool

    rows = pool.members(home_of(home), today(), state=state, designation=designation, late=late)
    print_rows(rows, form, MEMBERS, f"{of_both('在库', 'members')}: {len(rows)}")


@app.command()
def steps(form: FormatOption = Format.TABLE, home: HomeOption = None) -> None:
    """The steps here: from, to, by whom, papers, source.

    中文：本地的步骤：从何状态到何状态、谁办、要什么材料、出处。

    $ tidu pool steps --format json
    """
    from service.queries.cases import pool

    rows = pool.definition(home_of(home), today())
    if form is Format.TABLE:
        rows = [{**row, **_in_words(row)} for row in rows]
    print_rows(rows, form, STEPS, rows[0]["pool"])


def _in_words(row: Mapping[str, Any]) -> dict[str, Any]:
    """States, roles and papers of a step in the language that is spoken."""
    listed = {name: row[f"{name}_{language()}"] for name in ("from", "by", "papers")}
    between = of_both("、", ", ")
    return {**{name: between.join(words) or None for name, words in listed.items()}, "to": row[f"to_{language()}"]}


@app.command(no_args_is_help=True)
def enter(
    by: By,
    why: Why,
    designation: Designation = None,
    firm: Annotated[
        str | None, typer.Argument(help=both("企业，或用 --signal", "A firm, or --signal for a list"))
    ] = None,
    signal: Annotated[
        str | None, typer.Option(help=both("入库给出此信号的企业", "All that give a signal, as near_miss"))
    ] = None,
    step: Annotated[str, typer.Option(help=both("入库的步骤", "The step: enter · nominate · apply"))] = "enter",
    role: Role = "local",
    paper: Papers = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Enter a firm, or all firms that give a signal.

    Each firm that may not enter is named with the reasons.

    中文：入库：一家企业，或给出某信号的全部企业。

    不能入库的逐家说明原因。

    $ tidu pool enter --signal near_miss --designation gazelle --by 王 --why 可冲刺
    $ tidu pool enter 甲公司 --designation unicorn --step nominate --by 王 --why 企业自荐
    """
    from service.decisions import pool

    if (firm is None) == (signal is None):
        raise typer.BadParameter(of_both("请写一家企业，或 --signal", "name a firm, or --signal"))
    chosen, act, writer = home_of(home), _act(role, paper, None), signed(by, why)
    if firm is not None:
        event = pool.take_step(chosen, firm, step, designation, act, writer)
        taken = pool.Steps([event], [])
    else:
        if designation is None:
            raise typer.BadParameter(of_both("--signal 须同时写 --designation", "--signal goes with --designation"))
        taken = pool.take_all(chosen, str(signal), designation, act, writer, step)
    _print_taken(chosen, taken, as_json)


@app.command(no_args_is_help=True)
def step(
    firm: Firm,
    name: Annotated[str, typer.Argument(metavar="STEP", help=both("步骤", "A step of tidu pool steps, such as serve"))],
    by: By,
    why: Why,
    role: Role = "local",
    designation: Designation = None,
    paper: Papers = None,
    ground: Ground = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Take a step: serve, update, assess (renew, warn), leave (upgrade, remove).

    中文：办理一步：服务、更新、考核、出库等。

    $ tidu pool step 甲公司 nominate --designation gazelle --by 王 --why 企业自荐
    """
    from service.decisions import pool

    chosen = home_of(home)
    event = pool.take_step(chosen, firm, name, designation, _act(role, paper, ground), signed(by, why))
    _print_taken(chosen, pool.Steps([event], []), as_json)


@app.command("why-not", no_args_is_help=True)
def why_not(
    firm: Firm,
    name: Annotated[
        str | None, typer.Argument(metavar="STEP", help=both("步骤", "A step"), show_default=both("全部", "all"))
    ] = None,
    role: Role = "local",
    designation: Designation = None,
    paper: Papers = None,
    ground: Ground = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Whether a step may be taken, and why not.

    中文：能否办理某步骤，不能的原因。

    $ tidu pool why-not 甲公司 enter --designation gazelle
    """
    from flows.terminal import cultivation
    from service.queries.cases import pool

    rows = pool.answers(home_of(home), firm, name, designation, _act(role, paper, ground))
    print_json(rows) if as_json else cultivation.answers(rows)


@app.command(no_args_is_help=True)
def history(firm: Firm, form: FormatOption = Format.TABLE, home: HomeOption = None) -> None:
    """What a firm went through in the pool, earlier stays included.

    中文：一家企业在培育库的经历，含以往各次。

    $ tidu pool history 甲公司
    """
    from service.queries.cases import pool

    rows = pool.history(home_of(home), firm, today())
    print_rows(rows, form, HISTORY, rows[0]["name"])


@app.command(no_args_is_help=True)
def undo(
    number: Annotated[int, typer.Argument(help=both("号", "The number of the step, of tidu pool history"))],
    by: By,
    why: Why,
    home: HomeOption = None,
) -> None:
    """Withdraw the newest step of a firm; the record stays.

    中文：撤回一家企业最近的一步；记录保留。

    $ tidu pool undo 12 --by 王 --why 选错企业
    """
    from service.decisions import pool

    event = pool.undo(home_of(home), number, signed(by, why))
    echo(of_both(f"第 {event.seq} 号撤回第 {number} 号", f"no. {event.seq} withdraws no. {number}"))


def _act(role: str, papers: list[str] | None, ground: str | None) -> "Act":
    from service.queries.cases.pool_situations import Act

    return Act(role, today(), dict(map(_paper, papers or ())), ground)


def _paper(text: str) -> tuple[str, str]:
    name, _, place = text.partition("=")
    if not (name.strip() and place.strip()):
        raise typer.BadParameter(of_both(f"{text}：请写作 材料=存放处", f"{text}: write it as PAPER=WHERE"))
    return name.strip(), place.strip()


def _print_taken(home: Home, taken: "Steps", as_json: bool) -> None:
    from flows.terminal import cultivation
    from service.queries.cases import pool

    rows = pool.taken(home, taken.events, today())
    refused = [
        {"firm_id": entry.firm_id, "name": entry.name, "reasons": [vars(reason) for reason in entry.reasons]}
        for entry in taken.refused
    ]
    print_json({"taken": rows, "refused": refused}) if as_json else cultivation.steps_taken(rows, refused)
