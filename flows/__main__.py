"""``python -m flows`` is ``tidu``."""

from flows.cli import main

main()
