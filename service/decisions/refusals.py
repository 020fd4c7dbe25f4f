"""What ends a refusal without a corrected file: its file left the inbox, which the run that sees it keeps."""

from pathlib import Path

from service.queries.files.refused_files import left
from warehouse.home import Home
from warehouse.release import left_inbox, releases


def end_refusals(home: Home, inbox: Path) -> None:
    """Keep which refused files of the current release have left the inbox; the caller has the writer's lock."""
    with releases.Published(home).whole() as release:
        left_inbox.write(home, left(release, inbox))
