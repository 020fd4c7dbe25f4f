"""The routes of the HTTP interface: path, roles that are let in, and whether the right to export is asked for."""

from dataclasses import dataclass

from service.scope import LOCAL, PIPELINE

PREFIX = "/api/v1"
BLUEPRINT = "api"
READERS = frozenset({LOCAL, PIPELINE, "officer", "statistician", "director", "incubator"})
"""Who sees firms, and tokens; which firms, and whether they may be exported, the scope says."""


@dataclass(frozen=True)
class ApiRoute:
    """A route below ``PREFIX``, with parameters in angle brackets.

    One that exports asks for that right; ``recorded`` is the kind of access it is, None where it is not recorded.
    """

    name: str
    path: str
    recorded: str | None = None
    is_export: bool = False
    roles: frozenset[str] = READERS

    @property
    def endpoint(self) -> str:
        """Its name in Flask."""
        return f"{BLUEPRINT}.{self.name}"


API_ROUTES = (
    ApiRoute("description", "/openapi.json"),
    ApiRoute("release", "/release"),
    ApiRoute("firms", "/firms"),
    ApiRoute("firm", "/firms/<firm_id>", "viewed"),
    ApiRoute("firm_verdicts", "/firms/<firm_id>/verdicts", "viewed"),
    ApiRoute("verdicts", "/verdicts"),
    ApiRoute("signals", "/signals"),
    ApiRoute("due", "/due"),
    ApiRoute("cases", "/cases"),
    ApiRoute("extracts", "/extracts"),
    ApiRoute("extract", "/extracts/<incubator>", "exported", is_export=True),
    ApiRoute("extract_workbook", "/extracts/<incubator>/workbook", "exported", is_export=True),
    ApiRoute("extract_columns", "/extracts/<incubator>/columns", "exported", is_export=True),
)
