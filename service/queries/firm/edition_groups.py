"""The editions of a firm's verdicts by what they are to it: the next rung, the other rungs, beside them, yardsticks."""

from service.queries.firm.firm_page import FirmFile
from tiers.schema.ladder import ladder
from warehouse.rows import Row

GROUP_OF_TRACK = {"ladder": "ladder", "side": "beside", "beside": "beside", "yardstick": "yardstick", "check": "check"}
"""A rung's edition that another one decides in its place stands beside the ladder."""


def aimed_at(file: FirmFile) -> Row | None:
    """The verdict to look at first: of the next rung, else of the highest rung; None where there is no verdict."""
    rungs = [row for row in file.verdicts if row["is_selected"] and row["rank"]]
    wanted = file.mover["next_designation"] if file.mover else None
    return next((row for row in rungs if row["designation"] == wanted), rungs[-1] if rungs else None)


def groups_of(file: FirmFile) -> dict[str, list[Row]]:
    """The other verdicts by group, each in the order of rungs; ``ladder``, ``beside``, ``yardstick``, ``check``."""
    aimed = aimed_at(file)
    groups: dict[str, list[Row]] = {name: [] for name in GROUP_OF_TRACK.values()}
    for row in file.verdicts:
        if row is aimed:
            continue
        group = GROUP_OF_TRACK[ladder()[row["designation"]].track]
        groups["beside" if group == "ladder" and not row["is_selected"] else group].append(row)
    return groups
