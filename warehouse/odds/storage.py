"""The tables of odds, which no model makes, and their columns."""

from warehouse.database.build import Build

PAST = "core_firm__past"
"""Grain firm_id, day, kind, designation: features and outcome at earlier year ends; its rows belong to a firm."""

_FEATURES = (
    "firm_id varchar, firm_key ubigint, day date, kind varchar, designation varchar, is_nearest boolean, held varchar,"
    " is_pending boolean, outcome varchar, gap_share double, growth double, years_in_rung double"
)
_TABLES = {
    PAST: f"{_FEATURES}, has_happened boolean",
    # what the rows of the past rest on beside the firms themselves
    "core_odds__past_basis": "basis varchar",
    # grain kind, designation: the history, the basis of its odds, or the reason why there are none
    "core_odds__basis": "kind varchar, designation varchar, firm_years bigint, years bigint, events bigint,"
    " history varchar, basis varchar, refused_reason varchar, refused_zh varchar, refused_en varchar",
    # grain kind, designation, feature: the weights of the models
    "core_odds__weights": "kind varchar, designation varchar, feature varchar, weight double",
    "core_firm__odds": "firm_id varchar, firm_key ubigint, kind varchar, designation varchar, is_nearest boolean,"
    " is_pending boolean, odds double, low double, high double, like_firms bigint, basis varchar,"
    " refused_reason varchar",
    "mart_zone__odds_record": "kind varchar, designation varchar, year integer, firms bigint, events bigint,"
    " basis varchar, brier double, brier_plain double, brier_rate double, brier_model double",
    "mart_zone__odds_bins": "kind varchar, designation varchar, basis varchar, bin integer, bin_from double,"
    " bin_to double, firms bigint, events bigint, odds_mean double, observed double, observed_low double,"
    " observed_high double",
}
WHOLE = frozenset(_TABLES) - {PAST}
"""Those that are computed over all firms, so only once a build is complete."""


def start(build: Build) -> None:
    """Create the tables without rows; a complete build that has them from its release keeps those."""
    with build.together():
        for table, columns in _TABLES.items():
            build.execute(f"create table if not exists {table} ({columns})")
