"""The Prefect server that the operator names by ``PREFECT_API_URL``: before a run begins it is asked for an answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from warehouse.errors import WarehouseError

PATIENCE = 5
"""Seconds: a server that records a run answers at once, and a run that waits longer looks dead."""


class NoServer(WarehouseError):
    """``PREFECT_API_URL`` does not answer, or is no server of Prefect that accepts this run."""


class ServerLost(WarehouseError):
    """The server at ``PREFECT_API_URL`` stopped answering while a run was at work."""


@contextmanager
def answering(api_url: str) -> Iterator[None]:
    """Raises ``NoServer`` where the server does not answer at first, ``ServerLost`` where it stops answering inside.

    Prefect's own clients have tried again for minutes by then.
    """
    import httpx

    require_answer(api_url)
    try:
        yield
    except httpx.HTTPError as error:
        where = _shown(api_url)
        raise ServerLost(
            f"PREFECT_API_URL 指向的 {where} 在运行中失去应答（{type(error).__name__}: {error}）；此前已发布的有效，"
            "见 tidu releases、tidu zones；服务恢复后请再运行一次，已办的不会重办",
            f"PREFECT_API_URL names {where}, which stopped answering during the run ({type(error).__name__}: {error});"
            " what was published by then is current (tidu releases, tidu zones): run again once it answers, nothing is"
            " done twice",
        ) from error


def require_answer(api_url: str) -> None:
    """Ask with the settings of Prefect's own clients, once; raises ``NoServer``."""
    import httpx
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_CLIENT_MAX_RETRIES, temporary_settings

    with (
        temporary_settings({PREFECT_CLIENT_MAX_RETRIES: 0}),
        get_client(httpx_settings={"timeout": PATIENCE}, sync_client=True) as client,
    ):
        fault = client.api_healthcheck()
    if fault is None:
        return
    where = _shown(api_url)
    if isinstance(fault, httpx.HTTPStatusError):
        status = fault.response.status_code
        raise NoServer(
            f"PREFECT_API_URL 指向 {where}，其应答为 {status}，不是可用的 Prefect 服务；请核对地址（以 /api 结尾）与"
            " PREFECT_API_AUTH_STRING，或 unset PREFECT_API_URL 由本次运行自带服务",
            f"PREFECT_API_URL names {where}, which answers {status} and is no server of Prefect for this run: look at"
            " the address (it ends in /api) and at PREFECT_API_AUTH_STRING, or unset PREFECT_API_URL, and the run"
            " starts its own",
        ) from fault
    raise NoServer(
        f"PREFECT_API_URL 指向 {where}，{PATIENCE} 秒内无应答；请启动该服务或核对地址，"
        "或 unset PREFECT_API_URL 由本次运行自带服务",
        f"PREFECT_API_URL names {where}, where nobody answers within {PATIENCE} seconds: start that server or look at"
        " the address, or unset PREFECT_API_URL, and the run starts its own",
    ) from fault


def _shown(api_url: str) -> str:
    """The address without a password that may stand in it."""
    parts = urlsplit(api_url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
