"""The routes of the HTTP interface: path, roles that are let in, and whether the right to export is asked for."""

from dataclasses import dataclass

from service.scope import LOCAL, PIPELINE

PREFIX = "/api/v1"
BLUEPRINT = "api"
READERS = frozenset({LOCAL, PIPELINE, "officer", "statistician", "director", "incubator"})
"""Who sees firms, and tokens; which firms, and whether they may be exported, is of the scope."""
OF_THE_ZONE = READERS - {"incubator"}
"""Who works for the zone, and tokens."""

EDITORS = frozenset({LOCAL, "officer", "statistician", "incubator"})
"""Who may edit, also by a token in their name; the right of the role is asked besides."""


@dataclass(frozen=True)
class ApiRoute:
    """A route below ``PREFIX``, with parameters in angle brackets.

    One that exports asks for that right; ``recorded`` is the kind of access it is, None where it is not recorded; one
    with an ``act`` of casework writes.
    """

    name: str
    path: str
    recorded: str | None = None
    is_export: bool = False
    roles: frozenset[str] = READERS
    act: str | None = None

    @property
    def methods(self) -> frozenset[str]:
        """The methods of HTTP that it answers."""
        return frozenset({"POST"} if self.act else {"GET", "HEAD"})

    @property
    def endpoint(self) -> str:
        """Its name in Flask."""
        return f"{BLUEPRINT}.{self.name}"


def _write(act: str, path: str) -> ApiRoute:
    return ApiRoute(act, path, roles=EDITORS, act=act)


OF_A_FIRM = "/cases/<firm_id>"
WRITES = (
    _write("visit", f"{OF_A_FIRM}/visits"),
    _write("contact", f"{OF_A_FIRM}/contacts"),
    _write("keep", f"{OF_A_FIRM}/visits/<number>/keep"),
    _write("request", f"{OF_A_FIRM}/requests"),
    _write("answer", f"{OF_A_FIRM}/requests/<number>/answer"),
    _write("close", f"{OF_A_FIRM}/requests/<number>/close"),
    _write("task", f"{OF_A_FIRM}/tasks"),
    _write("task_due", f"{OF_A_FIRM}/tasks/due"),
    _write("done", f"{OF_A_FIRM}/tasks/<number>/done"),
    _write("drop", f"{OF_A_FIRM}/tasks/<number>/drop"),
    _write("postpone", f"{OF_A_FIRM}/tasks/<number>/postpone"),
    _write("application", f"{OF_A_FIRM}/applications"),
    _write("ready", f"{OF_A_FIRM}/applications/<number>/ready"),
    _write("filed", f"{OF_A_FIRM}/applications/<number>/file"),
    _write("decided", f"{OF_A_FIRM}/applications/<number>/decide"),
    _write("contest", f"{OF_A_FIRM}/contests"),
    _write("accept", f"{OF_A_FIRM}/contests/<number>/accept"),
    _write("decline", f"{OF_A_FIRM}/contests/<number>/decline"),
    _write("service", f"{OF_A_FIRM}/services"),
    _write("service_outcome", f"{OF_A_FIRM}/services/<seq>/outcome"),
    _write("step", f"{OF_A_FIRM}/pool"),
    _write("assign", f"{OF_A_FIRM}/owner"),
    _write("unassign", f"{OF_A_FIRM}/owner/end"),
    _write("undo", f"{OF_A_FIRM}/events/<seq>/undo"),
    _write("step_all", "/pool"),
    _write("assign_all", "/owners/by-rule"),
    _write("hand_over", "/owners/hand-over"),
    _write("leave", "/leaves"),
    _write("leave_end", "/leaves/end"),
)
"""The acts of casework, each by the name it has there."""

API_ROUTES = (
    ApiRoute("description", "/openapi.json"),
    ApiRoute("release", "/release"),
    ApiRoute("firms", "/firms"),
    ApiRoute("firm", "/firms/<firm_id>", "viewed"),
    ApiRoute("firm_verdicts", "/firms/<firm_id>/verdicts", "viewed"),
    ApiRoute("verdicts", "/verdicts"),
    ApiRoute("signals", "/signals"),
    ApiRoute("due", "/due"),
    ApiRoute("targets", "/targets", roles=OF_THE_ZONE),
    ApiRoute("cases", "/cases"),
    ApiRoute("case", OF_A_FIRM, "viewed"),
    ApiRoute("contest_preview", f"{OF_A_FIRM}/contests/preview", "viewed"),
    ApiRoute("pool", "/pool"),
    ApiRoute("tasks", "/tasks"),
    ApiRoute("requests", "/requests"),
    ApiRoute("applications", "/applications"),
    ApiRoute("contests", "/contests"),
    ApiRoute("visits", "/visits"),
    ApiRoute("extracts", "/extracts"),
    ApiRoute("extract", "/extracts/<incubator>", "exported", is_export=True),
    ApiRoute("extract_workbook", "/extracts/<incubator>/workbook", "exported", is_export=True),
    ApiRoute("extract_columns", "/extracts/<incubator>/columns", "exported", is_export=True),
    *WRITES,
)
