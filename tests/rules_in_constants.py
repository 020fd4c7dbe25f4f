"""The numbers of a module that are rules though they have a name, or stand in a call that bounds a figure or adds days.

A constant is judged by its name, where a part of that is a unit of rules, and by what it is compared with: a column, or
a name with such a unit. Sizes of the machine and of a screen are none: files, rows at once, signs, columns of a page.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from source_files import FILES, name_of, nodes_of, tree_of

UNITS = {
    *("days", "months", "weeks", "year", "years", "age", "share", "shares", "pct", "percent", "rate", "points"),
    *("fen", "yuan", "chance", "odds"),
}
"""Lengths of time, shares and amounts, as parts of a name."""
CONVERSIONS = {"MONTHS": "12", "QUARTERS": "4", "FEN": "100", "DAYS_OF_A_YEAR": "365.25"}
"""How many of a unit make one of another, which nobody sets."""
LENGTHS = {"days", "weeks"}
BOUNDING = {"clip", "min_horizontal", "max_horizontal"}
OF_PYTHON = {"min", "max"}
"""They bound a figure too, and often what is shown or sent at once."""
COMPARING = {"eq", "ge", "gt", "is_between", "le", "lt", "ne"}
COUNTING = {"len", "len_bytes", "len_chars", "count", "height"}
"""What has so many signs or rows is no quantity of a rule."""
PART = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+")
Named = dict[str, ast.expr]


def rules_in_constants(path: Path) -> list[str]:
    """The limits of a module that have a unit in their name, bound a figure, or add a length of time."""
    named = constants(path)
    limits = [
        f"{name} = {value}"
        for name, value in ((name, ast.unparse(value)) for name, value in own_constants(path).items())
        if has_unit(name) and CONVERSIONS.get(name.lstrip("_")) != value
    ]
    calls = [node for node in nodes_of(path) if isinstance(node, ast.Call | ast.Compare)]
    return sorted({*limits, *(rule for node in calls for rule in _bounds(node, named))})


def own_constants(path: Path) -> Named:
    """The constants of a module that are numbers, and those that are collections of numbers."""
    numbers: Named = {}
    for node in tree_of(path).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=False))
                numbers |= {own.id: value for own, value in pairs if isinstance(own, ast.Name) and is_number(value)}
    return numbers


@cache
def _by_module() -> dict[str, Named]:
    return {
        name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): own_constants(path)
        for path in FILES
    }


def constants(path: Path) -> Named:
    """The constants that a module has or imports."""
    imports = [node for node in nodes_of(path) if isinstance(node, ast.ImportFrom)]
    taken = [(alias.asname or alias.name, _by_module().get(str(node.module), {}).get(alias.name))
             for node in imports for alias in node.names]  # fmt: skip
    return {name: value for name, value in taken if value is not None} | own_constants(path)


def is_number(value: ast.expr) -> bool:
    """A number that is written out, or a collection of such; a power is a bound of a machine, a range a form."""
    match value:
        case ast.UnaryOp(operand=operand):
            return is_number(operand)
        case ast.Constant(value=number):
            return type(number) in (int, float)
        case ast.BinOp(op=ast.Div() | ast.Mult() | ast.Add() | ast.Sub()):
            return is_number(value.left) and is_number(value.right)
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return bool(parts) and all(map(is_number, parts))
        case ast.Dict(values=parts):
            return bool(parts) and all(map(is_number, parts))
    return False


def has_unit(name: str) -> bool:
    """Whether a part of a name is a unit of rules."""
    return not UNITS.isdisjoint(part.lower() for part in PART.findall(name))


def _bounds(node: ast.Call | ast.Compare, named: Named) -> Iterator[str]:
    """The numbers that a call or comparison bounds a quantity with."""
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        yield from _of_constants(sides, named)
        return
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    if name == "timedelta":
        lengths = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg in LENGTHS)]
        yield from (number for part in lengths for number in _numbers(part, named))
    elif name in BOUNDING:
        bounds = arguments[1:] if _called(getattr(node.func, "value", node)) == "np" else arguments
        yield from (number for part in bounds for number in _numbers(part, named))
    elif name in OF_PYTHON and isinstance(node.func, ast.Name) and any(map(_is_quantity, arguments)):
        yield from (number for part in arguments for number in _numbers(part, named))
    elif name in COMPARING and isinstance(node.func, ast.Attribute):
        yield from _of_constants([node.func.value, *arguments], named)


def _of_constants(sides: list[ast.expr], named: Named) -> Iterator[str]:
    """The constants among the sides of a comparison of which another is a column, or has a unit in its name."""
    for side in sides:
        for part in ast.walk(side):
            if isinstance(part, ast.Name) and part.id in named and any(map(_is_quantity, sides)):
                yield f"{part.id} = {ast.unparse(named[part.id])}"


def _is_quantity(side: ast.expr) -> bool:
    names = {_called(part) for part in ast.walk(side)}
    if not COUNTING.isdisjoint(names):
        return False
    return any(has_unit(name) and not name.isupper() for name in names) or "col" in names


def _called(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
    return ""


def _numbers(part: ast.expr, named: Named) -> Iterator[str]:
    """The numbers in an argument, by name or written; not 0 and 1, which mean none and all."""
    for node in ast.walk(part):
        if isinstance(node, ast.Name) and node.id in named:
            yield f"{node.id} = {ast.unparse(named[node.id])}"
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in (0, 1):
            yield ast.unparse(node)
