"""Benefits of national tax law for a firm: its entitlements, the best lawful set, and what was left out and why."""

from service.queries.firm.firm_lookup import find_firm
from tiers.benefits.lawful_set import best_set
from tiers.benefits.policies import Policy, policies
from tiers.benefits.reliefs import FEN
from tiers.schema.strict import Words
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published
from warehouse.rows import Row

ASSUMED = Words(
    zh="按上年利润总额作加计扣除前的应纳税所得额，不计亏损弥补；地方补贴未计",
    en="taking last year's total profit as taxable income before extra deductions, without losses of earlier years;"
    " local subsidies are not counted",
)
NOT_KNOWN = Words(zh="缺上年利润总额，不算税额", en="last year's profit is missing: no tax is computed")


def entitlements(home: Home, firm_words: str) -> Row:
    """The firm, the tax in yuan before and with the best set, and a row a policy in the order of the file.

    ``state``: taken, dropped, or the answer of its entitlement; ``is_automatic``: without an application. Raises
    ``BadInput`` where no firm, or several are meant, or it did not exist on the day.
    """
    with Published(home).at_once() as release:
        firm = find_firm(release, firm_words)
        day = release.rows("select day from desk_run__summary")[0]["day"]
        facts = release.rows(
            "select * from desk_firm__facts inner join desk_parameter using (day) where firm_id = $1", [firm["firm_id"]]
        )
        held = release.rows(
            "select designation from desk_firm__held inner join desk_parameter using (day) where firm_id = $1",
            [firm["firm_id"]],
        )
    if not facts:
        raise BadInput(f"{day} 时还没有这家企业：{firm_words}", f"on {day} there was no such firm yet: {firm_words}")
    answers, best = best_set([row["designation"] for row in held], facts[0], day)
    dropped = {entry.policy: entry.because for entry in best.dropped}
    rows = []
    for answer in answers:
        because = dropped.get(answer.policy, answer.because)
        state = "taken" if answer.policy in best.taken else "dropped" if answer.policy in dropped else answer.answer
        rows.append({**_words(answer.policy), "state": state, "because_zh": because.zh, "because_en": because.en})
    return {
        "firm_id": firm["firm_id"],
        "name": firm["name"],
        "day": day,
        "tax_before_yuan": None if best.before is None else float(best.before / FEN),
        "tax_yuan": None if best.after is None else float(best.after / FEN),
        "assumed_zh": NOT_KNOWN.zh if best.before is None else ASSUMED.zh,
        "assumed_en": NOT_KNOWN.en if best.before is None else ASSUMED.en,
        "policies": rows,
    }


def _words(name: str) -> Row:
    policy: Policy = policies().policies[name]
    return {
        "policy": name,
        "zh": policy.zh,
        "en": policy.en,
        "is_automatic": policy.automatic,
        "document": policy.document,
        "confidence": policy.confidence,
    }
