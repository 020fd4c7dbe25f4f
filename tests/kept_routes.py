"""What Werkzeug compiles of a route is compiled once a process: of an application that is made, half of the time."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


def keep_routes() -> None:
    """From now on; the builder of an address is a function of the words of its route, and is given the route itself."""
    compiled: dict[tuple[Any, ...], Builder] = {}
    compile_builder = Rule._compile_builder

    def kept(rule: Rule, append_unknown: bool = True) -> Builder:
        if rule.defaults:
            return compile_builder(rule, append_unknown)
        words = rule.rule, tuple(rule._trace), append_unknown
        if words not in compiled:
            compiled[words] = compile_builder(rule, append_unknown)
        return compiled[words]

    Rule._compile_builder = kept  # type: ignore[method-assign]
