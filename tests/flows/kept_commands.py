"""The tree of our commands is built once a process, as long as no help was asked for.

Every command line builds all of them: to read their signatures takes 24 CPU milliseconds, the rest 7.
"""

from functools import cache
from typing import Any

from typer import main, testing

from flows.terminal import localized_commands


def keep_commands() -> None:
    """From now on; an application has the commands that it had."""
    if hasattr(testing._get_command, "cache_info"):
        return
    main.get_params_from_function = cache(main.get_params_from_function)
    kept, localize_help = cache(main.get_command), localized_commands._localize_help

    def localized_once(commands: Any, ctx: Any) -> None:
        kept.cache_clear()  # a help puts the commands into one language
        localize_help(commands, ctx)

    testing._get_command, localized_commands._localize_help = kept, localized_once
