"""Messages of the guard on a report, in both languages, with the figures of its evidence."""

from dataclasses import dataclass

from warehouse.quality.unit_guard.factors import factor_text
from warehouse.quality.unit_guard.settings import Form, Settings
from warehouse.rows import Row

BLOCKS = {
    "payroll": ("人均薪酬", "payroll per head"),
    "income": ("人均收入与成本", "income and cost per head"),
    "balance": ("人均资产与负债", "assets and liabilities per head"),
    "research": ("人均研发费用", "R&D per head of R&D staff"),
    "overhead": ("人均管理费用", "administration per head"),
    "taxes": ("人均税金", "taxes per head"),
    "shares": ("净利润除以每股收益所得股数", "shares, as profit by earnings per share,"),
    "sales_declared": ("营业收入与增值税销售额之比", "revenue against sales for VAT"),
    "revenue_declared": ("营业收入与所得税申报之比", "revenue against the income-tax return"),
    "assets_declared": ("资产与所得税申报之比", "assets against the income-tax return"),
    "research_declared": ("研发费用与加计扣除申报之比", "R&D against the R&D deducted for tax"),
}


@dataclass(frozen=True)
class Message:
    """A line for quarantine: rule, severity, field of the file, value, and the text in both languages."""

    rule: str
    severity: str
    field: str
    value: str | None
    zh: str
    en: str


def messages_of(row: Row, form: Form, settings: Settings) -> list[Message]:
    """The messages on a judged report; none where it is as usual."""
    kind = row["verdict"]
    if kind == "factor":
        return [_remaining(row, form) if row["confirmed"] else _factor(row, form, settings)]
    if kind == "cell":
        return [_cell(row)]
    if kind == "staff":
        return [_staff(row, form)]
    if kind == "doubtful":
        return [_doubtful(row, form)]
    if kind == "possible_factor":
        return [_possible_factor(row, form, settings)]
    return _warned(row, form)


def evidence_text(row: Row, form: Form) -> tuple[str, str]:
    """Money per head of each block in relation to peers, and the change since the report before."""
    known = [name for name in form.blocks if row[f"away_{name}"] is not None]
    zh = [f"{BLOCKS[name][0]}为同行的{_times_zh(row[f'away_{name}'])}" for name in known]
    en = [f"{BLOCKS[name][1]} {_times_en(row[f'away_{name}'])} that of peers" for name in known]
    moved = [row[f"b_{name}"] for name in form.per_head if row[f"b_{name}"] is not None]
    if moved and row["staff_change"] is not None:
        middle = sorted(moved)[len(moved) // 2]
        zh.append(f"金额为上一份报表的{_times_zh(middle)}，人数为其{_times_zh(row['staff_change'])}")
        en.append(f"money {_times_en(middle)} and staff {_times_en(row['staff_change'])} those of the report before")
    return "；".join(zh), "; ".join(en)


def _times_zh(power: float) -> str:
    return f" {_number(power)} 倍"


def _times_en(power: float) -> str:
    return f"{_number(power)} times"


def _number(power: float) -> str:
    times = 10**power
    return f"{times:,.0f}" if power >= 1 else f"{times:.2g}"


def _likely_unit(row: Row, settings: Settings) -> tuple[str, str]:
    """The unit the report was probably filed in; empty where the power is that of no named unit."""
    power = settings.units.get(row["unit"] or "", 0) + row["power"]
    name = next((unit for unit, exponent in settings.units.items() if exponent == power), None)
    if name is None or not row["unit"]:
        return "", ""
    return f"（读作{row['unit']}，疑为{name}）", f" (read as {row['unit']}, probably {name})"


def _factor(row: Row, form: Form, settings: Settings) -> Message:
    zh, en = evidence_text(row, form)
    unit_zh, unit_en = _likely_unit(row, settings)
    factor, chance = factor_text(row["power"]), f"{min(row['chance_factor'], settings.decision.most_shown):.2%}"
    return Message(
        "U04",
        "quarantine",
        "money_unit",
        factor,
        f"整份报表的金额单位有误{unit_zh}，建议全部金额 {factor}，把握 {chance}：{zh}。"
        "请用 tidu units confirm 确认或 tidu units refuse 驳回",
        f"the money of the whole report is in another unit{unit_en}; proposed {factor}, sure to {chance}: {en}."
        " Confirm with tidu units confirm, or refuse with tidu units refuse",
    )


def _remaining(row: Row, form: Form) -> Message:
    zh, en = evidence_text(row, form)
    confirmed, total = factor_text(row["confirmed"]), factor_text(row["confirmed"] + row["power"])
    return Message(
        "U04",
        "quarantine",
        "money_unit",
        total,
        f"已按确认的 {confirmed} 换算，整份报表的金额仍不相符，建议改为 {total}：{zh}。"
        f"请用 tidu units confirm 改为 {total}，或用 tidu quarantine accept 采用 {confirmed}",
        f"converted by the confirmed {confirmed}, the money of the whole report still does not fit; proposed {total}:"
        f" {en}. Confirm {total} with tidu units confirm, or keep {confirmed} with tidu quarantine accept",
    )


def _thin(row: Row, form: Form) -> Message:
    zh, en = evidence_text(row, form)
    block = form.blocks[next(name for name in form.blocks if row[f"away_{name}"] is not None)]
    return Message(
        block.rule,
        "warn",
        block.field or block.cells[0],
        None,
        f"金额与同行相差很大，但可比的金额只有一项，不足以判定，按所填使用，请看一眼：{zh}",
        f"the amount is far from that of peers, but it is the only one that can be compared; used as filed,"
        f" check it: {en}",
    )


def _possible_factor(row: Row, form: Form, settings: Settings) -> Message:
    if row["amounts"] < settings.decision.fewest_amounts:
        return _thin(row, form)
    zh, en = evidence_text(row, form)
    factor, chance = factor_text(row["power"]), f"{row['chance_factor']:.0%}"
    return Message(
        "U04",
        "warn",
        "money_unit",
        factor,
        f"金额单位也许有误（{factor} 的可能 {chance}），不足以建议，按所填使用，请看一眼：{zh}",
        f"the money may be in another unit ({factor}: {chance}), too little to propose it; used as filed, check it:"
        f" {en}",
    )


def _cell(row: Row) -> Message:
    off = _number(row["cell_off"])
    if row["cell_rule"] == "U09":
        zh, en = "像是附注编号、年份或百分比，不像金额", "reads like the number of a note, a year or a percentage"
    else:
        zh = "与本企业其他年度不符，而同一报表的其他金额相符"
        en = "is unlike the firm's other years, while the other amounts of the report are not"
    return Message(
        row["cell_rule"],
        "quarantine",
        row["cell"],
        None,
        f"此项金额为同行水平的 {off} 倍，{zh}",
        f"this amount is {off} times what peers file and {en}",
    )


def _staff(row: Row, form: Form) -> Message:
    zh, en = evidence_text(row, form)
    return Message(
        "U05",
        "quarantine" if form.heads_of else "hold",
        form.heads[0],
        _count(row, form),
        f"人数疑有误，暂不采用；金额无误，照常使用：{zh}。请 correct 更正人数，或 accept 采用",
        f"the head count is in doubt and is not used until decided; money is right and used: {en}."
        " Correct the count, or accept it",
    )


def _count(row: Row, form: Form) -> str:
    return str(row[form.heads[0]])


def _doubtful(row: Row, form: Form) -> Message:
    zh, en = evidence_text(row, form)
    far = [name for name in form.blocks if row[f"outside_{name}"]]
    name = far[0] if far else max(form.blocks, key=lambda block_name: abs(row[f"away_{block_name}"] or 0))
    block = form.blocks[name]
    return Message(
        block.rule,
        "quarantine",
        block.field or block.cells[0],
        None,
        f"金额与人数不相称，不能断定是单位、人数还是企业本身特殊，不建议换算：{zh}",
        "money does not fit the head count; unit, head count or an unusual firm cannot be distinguished, no factor is"
        f" proposed: {en}",
    )


def _warned(row: Row, form: Form) -> list[Message]:
    """Warnings on blocks out of the usual range per head where the firm's own years and its peers show no error."""
    zh, en = evidence_text(row, form)
    zh_far, en_far = f"超出常见范围，未见单位差错：{zh}", f"out of the usual range, no unit error seen: {en}"
    far = [block for name, block in form.blocks.items() if row[f"outside_{name}"]]
    messages = [Message(block.rule, "warn", block.cells[0], None, zh_far, en_far) for block in far]
    if row["together"]:
        zh_moved = f"金额与人数同时变动，应为合并或重组，不是单位差错：{zh}"
        en_moved = f"money and staff moved together: a merger or a restructuring, not a unit error: {en}"
        messages.append(Message("U05", "inform", form.heads[0], _count(row, form), zh_moved, en_moved))
    return messages
