"""The rules of the project that its tests protect, by id: ``@pytest.mark.rule("exact")``; a failure states its rule."""

import pytest

RULES = {
    "nothing-lost": "Nothing is lost and nothing is silent: a row is loaded, waits or is refused, with its reason.",
    "read-as-written": "A value is read as it is written, or it waits; never as something near it.",
    "unknown-not-no": "Missing is unknown, never no; and unknown only where what is missing could change the answer.",
    "exact": "Arithmetic is exact: nothing is rounded before it is compared, and the smallest unit decides an edge.",
    "rules-are-data": "Rules are data with clause, days and worked cases; no threshold, title or place is in code.",
    "strict-definitions": "What is not valid, in a file or a request, is refused with its line or the way out.",
    "published-whole": "A failed run changes nothing published and blocks no next one; a release is whole or absent.",
    "two-clocks": "Each figure has two clocks, its day and the run that knew it, and can be rebuilt as it was known.",
    "whole-equals-part": "A run over what is new, a bucket or a worker gives the very rows of a run over everything.",
    "proposals": "What is only likely is proposed, and measured against known truth; an exact key or a person decides.",
    "append-only": "What people state is appended once, with who, when and why; undoing it is a statement.",
    "answers-agree": "A total is its list; command, page, address and file give the same answer.",
    "reasons": "An answer has its reason: condition, value, clause and source rows; a gap is one that can be closed.",
    "disclosure": "No figure of a firm follows from totals: small cells are hidden, surveys are totals only.",
    "default-deny": "What is asked is limited to role and scope in the query itself; what no table allows is denied.",
    "data-is-text": "What comes from data is text: values are bound, markup is escaped, formulas neutralised.",
    "stays-here": "No call leaves the machine, and no figure of a firm, unless an operator states where to.",
    "two-languages": "Chinese first, English complete, one at a time; codes and units in the words that people use.",
    "worded-at-the-edge": "Data goes to the edge unworded: SQL builds no sentence, and nothing is read out of a text.",
    "for-everybody": "A page works by keyboard, with contrast, on a small screen and on A4.",
    "at-once": "A question is answered at once and costs what its answer costs; memory stays flat.",
    "way-out": "A failure is reported once, with what happened, the way out and an exit code.",
    "true-documents": "Documents, help and API descriptions are true: what they state can be carried out as it stands.",
    "imports-inwards": "Imports point inwards; files and functions are small, and named for what they are.",
    "libraries-first": "Libraries before code of our own: declared, used and not patched.",
    "tests-that-catch": "A test would catch the mistake, ends, and leaves nothing behind for the next one.",
}


def broken_by(item: pytest.Item) -> str:
    """The rule that a failure of a test breaks, and the detail: of its marker, or the first line of its module."""
    marker = item.get_closest_marker("rule")
    identifier, *details = marker.args if marker else ("none",)
    summary = (getattr(item, "module", item).__doc__ or "").strip().partition("\n")[0]
    return "\n".join(
        (f"{identifier}: {RULES.get(identifier, 'not a rule of tests/rules.py')}", *(details or [summary]))
    )
