"""What the rows of the list of movers are, and their values for the facets, as SQL over the views of a desk."""

from collections.abc import Mapping

from service.queries.movers.mover_filters import Rows

RELATION: Mapping[Rows, str] = {
    "firms": "desk_movers__firms",
    "titles": (
        "(select mover.*, held.designation as title, held.zh as title_zh, held.en as title_en, held.is_held,"
        " held.outcome, held.valid_to, held.application from desk_movers__titles as held"
        " inner join desk_movers__firms as mover using (firm_id))"
    ),
}
FIRST_SIGNAL: Mapping[Rows, str] = {
    "firms": "select firm_id, min(signal_seq) as seq from desk_movers__signals group by firm_id",
    "titles": (
        "select firm_id, designation as title, min(signal_seq) as seq from desk_movers__signals"
        " group by firm_id, designation"
    ),
}
KEY: Mapping[Rows, tuple[str, ...]] = {"firms": ("firm_id",), "titles": ("firm_id", "title")}
DUE_ON: Mapping[Rows, str] = {"firms": "due_on", "titles": "valid_to"}
_OF_BOTH = {
    "change": "change",
    "incubator": "coalesce(incubator, 'none')",
    "park": "coalesce(division_code, 'none')",
    "sector": "coalesce(industry_code[:2], 'none')",
    "owner": ("case when officer is null and acting is null then ['none'] else list_distinct([officer, acting]) end"),
}
FACETS: Mapping[Rows, Mapping[str, str]] = {
    "firms": {
        **_OF_BOTH,
        "held": "case when len(titles) = 0 then ['none'] else titles end",
        "met": "coalesce(met, 'none')",
        "judged": (
            "(select list(judged.designation) from desk_movers__titles as judged"
            " where judged.firm_id = desk_movers__firms.firm_id and judged.outcome = 'judgement')"
        ),
    },
    "titles": {
        **_OF_BOTH,
        "judged": "case when outcome = 'judgement' then title end",
        "held": "case when len(titles) = 0 then 'none' when is_held then title end",
        "met": "case when met is null then 'none' when outcome = 'met' then title end",
    },
}
"""The values of a row for each facet that needs no other table."""
MANY: Mapping[Rows, frozenset[str]] = {"firms": frozenset({"owner", "held", "judged"}), "titles": frozenset({"owner"})}
"""The facets of which a row has a list of values."""
SHORT = (
    "firm_id", "name", "titles_zh", "titles_en", "held_zh", "held_en", "met_zh", "met_en", "change", "change_zh",
    "change_en", "from_held_zh", "from_held_en", "from_met_zh", "from_met_en", "next_action", "next_designation",
    "due_on", "due_zh", "due_en", "revenue_y0_fen", "revenue_growth_1y_pct", "rd_share_y0_pct", "staff_end_y0",
    "incubator", "officer", "acting",
)  # fmt: skip
"""What a page or a file shows of a firm and is kept in memory."""
LONG = ("next_zh", "next_en")
"""What it shows besides: texts that differ from firm to firm."""
SHOWN = ", ".join((*SHORT, *LONG))
"""Each column read costs."""
REASONS = ("reason_zh", "reason_en")
"""What it shows of a signal, likewise."""
SORTED_ONLY = ("held_rank", "met_rank", "change_seq")
"""What a list can be sorted by and does not show."""
