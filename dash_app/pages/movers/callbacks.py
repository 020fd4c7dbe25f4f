"""The callbacks of the movers: rows for the grid, and the address that the filters mean."""

from typing import Annotated, Any, Literal

from dash import Dash, Input, Output, State, ctx, no_update
from pydantic import BaseModel, Field

from dash_app import ids, routing
from dash_app.pages.movers.figures import grid_row
from dash_app.session import Session
from service.queries.movers import SORTABLE, Filters
from service.reader import Service

Offset = Annotated[int, Field(ge=0, le=1_000_000_000)]


class ColumnSort(BaseModel):
    """A column of the grid and the direction it is sorted in."""

    colId: Literal[tuple(SORTABLE)]  # type: ignore[valid-type]  # noqa: N815
    sort: Literal["asc", "desc"]


class RowsRequest(BaseModel):
    """The request of the grid for rows ``startRow`` to before ``endRow``; its columns have no filters."""

    startRow: Offset  # noqa: N815
    endRow: Offset  # noqa: N815
    sortModel: list[ColumnSort] = Field(default=[], max_length=len(SORTABLE))  # noqa: N815
    filterModel: dict[str, object] = Field(default={}, max_length=0)  # noqa: N815


def register(app: Dash, service: Service) -> None:
    """Add the callbacks to the app."""

    @app.callback(
        Output(ids.GRID, "getRowsResponse"),
        Output(ids.ORDER, "data"),
        Input(ids.GRID, "getRowsRequest"),
        State(ids.URL, "search"),
        roles=routing.MOVERS.roles,
    )
    def rows(request: RowsRequest | None, search: str | None) -> Any:
        if request is None:
            return no_update, no_update
        session, order = Session.of(search), [key.model_dump() for key in request.sortModel]
        filters = Filters.of(session.address)
        with service.release(session.scope) as release:
            movers = release.mover_rows(filters, request.startRow, request.endRow, order)
            firms = release.mover_count(filters)
        return {"rowData": [grid_row(mover, session) for mover in movers], "rowCount": firms}, order

    @app.callback(
        Output(ids.URL, "search"),
        Input(ids.SEARCH, "value"),
        Input(ids.HELD, "value"),
        Input(ids.INCUBATOR, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.MOVERS.roles,
    )
    def address(q: str | None, held: str | None, incubator: str | None, search: str | None) -> Any:
        if ctx.triggered_id is None:
            return no_update
        session = Session.of(search)
        before = Filters.of(session.address)
        after = before.with_(q=q or "", held=held or "", incubator=incubator or "")
        return no_update if after == before else after.address(session.lang)
