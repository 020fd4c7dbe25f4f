"""Nothing is taken apart that we put together ourselves: data goes to the edge, and is worded there.

What somebody typed or sent, an address, a file, and the answer of a library come into a function as its parameters. A
cell of a row, a text of an error, a word, an address of ours and what was just composed are ours: to take one of them
apart, at once or in a function that it is handed to, is an offence.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import pytest
from source_files import FILES, name_of, nodes_of, offenders, tree_of

pytestmark = pytest.mark.rule("worded-at-the-edge")

APART = {"split", "rsplit", "partition", "rpartition", "splitlines", "removeprefix", "removesuffix"}
OF_PATTERNS = {"match", "search", "fullmatch", "findall", "finditer", "sub", "split"}
KEEPING = {"strip", "lstrip", "rstrip", "lower", "upper", "replace", "encode", "decode"}
"""Methods whose result is the same text, but for blanks and letters."""
COMPOSING = {"word", "of_both", "text_of", "value_word", "href", "format", "join"}
"""What makes a text: words, addresses, templates."""
OUR_FIELDS = {"zh", "en", "stream", "base"}
"""Texts of errors and words, what an event is about, how the addresses of a site begin."""
SENT = {"headers", "environ", "address", "form", "args", "fields", "dependency"}
"""Mappings of what was sent, or is a library's."""
EDGES = ("dash_app/", "service/", "flows/")
MODULES = [path for path in FILES if name_of(path).startswith(EDGES)]

Definition = ast.FunctionDef | ast.AsyncFunctionDef
Apart = tuple[int, ast.expr]
"""A line, and the text that is taken apart there."""


@dataclass
class Function:
    """A function, and by parameter the line in which it is taken apart, here or where it is handed on."""

    node: Definition
    path: Path
    apart: dict[str, int] = field(default_factory=dict)

    @property
    def parameters(self) -> list[str]:
        arguments = self.node.args
        return [part.arg for part in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.node))

    def note(self, line: int, text: ast.expr) -> bool:
        """Note the parameters that a text which is taken apart comes from; whether there is a new one."""
        names = {part.id for part in sources(text, self.nodes) if isinstance(part, ast.Name)}
        new = names & set(self.parameters) - self.apart.keys()
        self.apart |= dict.fromkeys(new, line)
        return bool(new)


def taken_apart(nodes: list[ast.AST]) -> Iterator[Apart]:
    """The texts that are taken apart; one that is split at blanks to be joined by single ones is not."""
    joined = {
        id(argument)
        for call in nodes
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "join"
        for argument in call.args
    }
    for call in nodes:
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or id(call) in joined:
            continue
        receiver, method = call.func.value, call.func.attr
        is_pattern = isinstance(receiver, ast.Name) and (receiver.id == "re" or receiver.id.isupper())
        if is_pattern and method in OF_PATTERNS:
            at = (method == "sub") + (isinstance(receiver, ast.Name) and receiver.id == "re")
            yield from ((call.lineno, text) for text in call.args[at : at + 1])
        elif method in APART:
            yield call.lineno, receiver


def sources(text: ast.expr, nodes: list[ast.AST], passed: frozenset[str] = frozenset()) -> Iterator[ast.expr]:
    """What a text comes from, through names of the same function and methods that keep it."""
    match text:
        case ast.Name(id=name) if name not in passed:
            yield text
            for value in _assigned(name, nodes):
                yield from sources(value, nodes, passed | {name})
        case ast.IfExp():
            yield from (part for branch in (text.body, text.orelse) for part in sources(branch, nodes, passed))
        case ast.BoolOp():
            yield from (part for branch in text.values for part in sources(branch, nodes, passed))
        case ast.Call(func=ast.Attribute(value=value, attr=method)) if method in KEEPING:
            yield from sources(value, nodes, passed)
        case ast.Call(func=ast.Name(id="str"), args=[value]):
            yield from sources(value, nodes, passed)
        case _:
            yield text


def _assigned(name: str, nodes: list[ast.AST]) -> Iterator[ast.expr]:
    for node in nodes:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and value is not None:
            for target in targets:
                pairs = [(target, value)]
                if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                    pairs = list(zip(target.elts, value.elts, strict=False))
                yield from (part for own, part in pairs if isinstance(own, ast.Name) and own.id == name)


def is_ours(text: ast.expr) -> bool:
    """Whether a text was put together by us."""
    match text:
        case ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Add()):
            return any(isinstance(part, ast.Constant) or is_ours(part) for part in (text.left, text.right))
        case ast.Subscript(value=value, slice=ast.Constant(value=str())):
            return _named(value) not in SENT
        case ast.Call(func=ast.Attribute(value=value, attr="get"), args=[ast.Constant(), *_]):
            return _named(value) not in SENT
        case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")))):
            return False
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in COMPOSING
        case ast.Attribute(attr=name):
            return name in OUR_FIELDS
    return False


def _named(node: ast.expr) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
    return ""


@cache
def functions() -> dict[str, Function]:
    """The functions of the edges by module and name; a parameter that is handed on and taken apart there counts."""
    known = {own: Function(node, path) for path in MODULES for own, node in defined(path).items()}
    for function in known.values():
        for line, text in taken_apart(function.nodes):
            function.note(line, text)
    while sum(function.note(line, text) for function in known.values() for line, text in handed_on(function, known)):
        pass
    return known


def handed_on(function: Function, known: dict[str, Function]) -> Iterator[Apart]:
    """The texts that a function gives to one that takes them apart."""
    return given(function.nodes, imported(function.path), known)


def given(nodes: list[ast.AST], names: dict[str, str], known: dict[str, Function]) -> Iterator[Apart]:
    for call in nodes:
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and names.get(call.func.id) in known:
            called = known[names[call.func.id]]
            passed = dict(zip(called.parameters, call.args, strict=False))
            passed |= {part.arg: part.value for part in call.keywords if part.arg}
            yield from ((call.lineno, passed[name]) for name in list(called.apart) if name in passed)


def defined(path: Path) -> dict[str, Definition]:
    """The functions of a module, by module and name."""
    module = name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return {f"{module}.{node.name}": node for node in tree_of(path).body if isinstance(node, Definition)}


@cache
def imported(path: Path) -> dict[str, str]:
    """What the names of a module stand for: its own functions, and those it imports."""
    imports = [node for node in nodes_of(path) if isinstance(node, ast.ImportFrom)]
    names = {alias.asname or alias.name: f"{node.module}.{alias.name}" for node in imports for alias in node.names}
    return names | {node.name: own for own, node in defined(path).items()}


def offences(path: Path) -> list[str]:
    """The texts of our own that a module takes apart, each with its line."""
    return ours_apart(nodes_of(path), imported(path), functions())


def ours_apart(nodes: list[ast.AST], names: dict[str, str], known: dict[str, Function]) -> list[str]:
    definitions = [node for node in nodes if isinstance(node, Definition)]
    wrong = set()
    for line, text in (*taken_apart(nodes), *given(nodes, names, known)):
        around = [node for node in definitions if node.lineno <= line <= (node.end_lineno or 0)]
        scope = list(ast.walk(max(around, key=lambda node: node.lineno))) if around else nodes
        wrong |= {f"{line}: {ast.unparse(part)}" for part in sources(text, scope) if is_ours(part)}
    return sorted(wrong)


OURS = [
    'row["zones"].split(", ")',
    "why = error.zh\nwhy.splitlines()",
    'unit = word("count", lang).format(n=n)\nunit.partition(" ")',
    'f"{kind}:{name}".partition(":")',
    'event.stream.removeprefix("pool:")',
    're.sub("[a-z]+", named, row["zones"])',
    'PAIR.sub(spoken, finding.get("value"))',
    'act = str(ctx.triggered_id["act"])\nact.partition(":")',
    'apart(row["subject"])',
]
CAME_IN = [
    'def read(typed):\n    return typed.strip().split(",")',
    'session.address.get("open", "").split(",")',
    'flask.request.headers["Authorization"].partition(" ")',
    '" ".join(row["name"].split())',
    "apart(typed)",
]


@pytest.mark.parametrize("code", [*OURS, *CAME_IN])
def test_what_is_ours_is_told_from_what_came_in(code: str) -> None:
    (apart,) = ast.parse("def apart(subject):\n    return subject.split('/')").body
    assert isinstance(apart, ast.FunctionDef)
    known = {"apart": Function(apart, Path(), {"subject": 2})}

    assert bool(ours_apart(list(ast.walk(ast.parse(code))), {"apart": "apart"}, known)) == (code in OURS)


def test_no_text_of_our_own_is_taken_apart() -> None:
    assert offenders(MODULES, offences) == {}
