"""What Typer reads off the signatures of our commands is read once a process.

Every command line builds all commands, which takes 24 CPU milliseconds of reading signatures.
"""

from functools import cache

from typer import main


def keep_parameters() -> None:
    """From now on; a function has the parameters that it had."""
    if not hasattr(main.get_params_from_function, "cache_info"):
        main.get_params_from_function = cache(main.get_params_from_function)
