"""Whose plan the targets of a release are of."""

from tiers.places import places
from warehouse.release.releases import Reader


def zone_of(release: Reader) -> str:
    """The zone that most targets name; before the first target the name of the place of the run."""
    rows = release.rows(
        "select zone, count(*) as targets from desk_zone__targets group by zone order by targets desc, zone limit 1"
    )
    if rows:
        return str(rows[0]["zone"])
    (run,) = release.rows("select place from desk_run__summary")
    return places().name(run["place"])
