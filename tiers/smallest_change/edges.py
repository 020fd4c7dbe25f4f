"""Turning points: the values of a figure at which a test of a condition is just met or just failed.

A quantity is an integer over an integer, and nearly always a straight line in each single figure: three points give the
line, and the line the whole number next to the threshold, exactly.
"""

import math
from collections.abc import Sequence
from fractions import Fraction

from tiers.smallest_change.figures import Figure


def turning_points(figure: Figure, at: tuple[int, int, int], distances: Sequence[Fraction]) -> list[int]:
    """The steps of a figure on either side of where the distance from a bound is nothing, within its own bounds.

    Where three points are no line (yearly rates that were rounded before they were averaged) that of the line through
    the first and last is taken, with some room on either side: the engine states which of them holds.
    """
    (x0, x1, x2), (y0, y1, y2) = at, distances
    slope = (y2 - y0) / (x2 - x0)
    if not slope:
        return []
    zero = (x0 - y0 / slope) / figure.step
    is_line = (y1 - y0) * (x2 - x0) == (y2 - y0) * (x1 - x0)
    reach = [0, 1] if is_line else [10**power for power in range(10)]
    near = {math.floor(zero) - steps for steps in reach} | {math.ceil(zero) + steps for steps in reach}
    values = (steps * figure.step for steps in near)
    return sorted(value for value in values if figure.low <= value <= figure.high)
