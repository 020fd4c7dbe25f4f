"""Writing of the sample zone bucket by bucket, in bounded memory."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from warehouse.sample.events import write_events
from warehouse.sample.firms import draw_bucket
from warehouse.sample.forms import write_registry, write_yearly
from warehouse.sample.late_feeds import write_late_feeds
from warehouse.sample.lists import write_lists
from warehouse.sample.plan import write_targets
from warehouse.sample.signals import write_signals
from warehouse.sample.truth import Truth
from warehouse.sample.zone_records import write_zone_records

BUCKET_FIRMS = 40_000
"""Keeps files below 50,000 rows, at which reporting offices split them."""


@dataclass(frozen=True)
class SampleReport:
    """The folders written, and the numbers of firms and planted faults."""

    inbox: Path
    truth: Path
    firms: int
    faults: int


def write_sample(
    out: Path, firms: int, years: tuple[int, int], seed: int, bucket_firms: int = BUCKET_FIRMS, signals: int = 0
) -> SampleReport:
    """Write ``out/inbox`` and ``out/truth``; the same arguments give the same bytes.

    ``signals``: so many more firms are planted for each signal and kind of change.
    The folders are renamed when complete, so that an interrupted run leaves no partial inbox.
    """
    part = out / ".part"
    shutil.rmtree(part, ignore_errors=True)
    truth = Truth(part / "truth")
    for number, start in enumerate(range(0, firms, bucket_firms)):
        bucket = draw_bucket(number, start, min(bucket_firms, firms - start), range(years[0], years[1] + 1), seed)
        rng = np.random.default_rng([seed, number, 1])
        inbox = part / "inbox"
        write_registry(inbox, bucket, truth, rng)
        write_yearly(inbox, bucket, truth, rng, seed)
        write_lists(inbox, bucket, truth)
        write_events(inbox, bucket)
        write_zone_records(inbox, bucket, rng)
        write_late_feeds(inbox, bucket, truth)
        truth.firms(bucket.firms.select("uscc", "name", "profile", "founded_on", "is_dead").rows())
    write_signals(part / "inbox", truth, signals, firms, seed)
    write_targets(part / "inbox", firms)
    for name in ("truth", "inbox"):
        shutil.rmtree(out / name, ignore_errors=True)
        (part / name).rename(out / name)
    part.rmdir()
    return SampleReport(out / "inbox", out / "truth", firms, truth.planted)
