"""The steps of a run: plain functions that join what we know with what the rules say.

Each takes the plan and works on its build file, so each can be run, timed and tested without Prefect.
"""

import json
import shutil

from flows.plan import Plan
from flows.progress import say, step
from tiers import evaluate, load_rulebook
from warehouse import check, extracts, landing, load, models, quarantine, release, rulebook
from warehouse.errors import CheckStoppedRelease
from warehouse.feed import load_feeds
from warehouse.fingerprint import fingerprint


def land_files(plan: Plan) -> None:
    """Keep every original of the inbox; say which files were refused and why."""
    with step("收存文件", "land files"):
        landed = landing.land(plan.inbox, plan.home, load_feeds(), plan.started_at)
    for refused in landed.rejected:
        say(f"[red]✗[/red] {refused.message}")
