"""How sign-in is set up, by environment and files of the operator; no secret is part of the program."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from service.people.installation import People
from warehouse.errors import BadInput

URL = "TIDU_URL"
"""The address by which people reach the pages through a TLS proxy."""
OIDC_ISSUER, OIDC_CLIENT, OIDC_SECRET = "TIDU_OIDC_ISSUER", "TIDU_OIDC_CLIENT_ID", "TIDU_OIDC_SECRET_FILE"
OIDC_CLAIM = "TIDU_OIDC_CLAIM"
PROXY_HEADER, PROXY_SECRET = "TIDU_PROXY_USER_HEADER", "TIDU_PROXY_SECRET_FILE"
LOOPBACK = ("127.0.0.1", "localhost")
SHORTEST_SECRET = 32
"""Characters of what proves a proxy; it is tried as often as anybody likes."""


@dataclass(frozen=True)
class Oidc:
    """A provider of OpenID Connect; ``claim`` of its answer is the name of the account."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str = "preferred_username"

    @property
    def origin(self) -> str:
        """The origin that a browser is sent to."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class Proxy:
    """A proxy that signs people in: the header with the name, and the secret by which it is known."""

    header: str
    secret: str


@dataclass(frozen=True)
class SignIn:
    """Sign-in of one installation; ``url`` where a TLS proxy stands before it, else None."""

    people: People
    secret_key: str
    url: str | None = None
    oidc: Oidc | None = None
    proxy: Proxy | None = None

    @property
    def is_behind_tls(self) -> bool:
        """Whether browsers come by https, through a proxy on which addresses are read from its header."""
        return self.url is not None and self.url.startswith("https://")

    @property
    def host(self) -> str | None:
        """The host that requests name; None for this machine alone."""
        return urlsplit(self.url).netloc if self.url else None


def sign_in_of(people: People, secret_key: str, environment: Mapping[str, str] = os.environ) -> SignIn:
    """The set-up by the environment; raises ``BadInput`` for one that is incomplete or would not be safe."""
    return SignIn(people, secret_key, site_url(environment), _oidc(environment), _proxy(environment))


def site_url(environment: Mapping[str, str] = os.environ) -> str | None:
    """The address of the site; raises ``BadInput`` for one that is not https, or has a path."""
    url = environment.get(URL, "").rstrip("/")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.netloc or parts.path:
        raise BadInput(
            f"{URL}={url}：应为 https://主机，不含路径；TLS 由前面的代理完成，见 docs/sign-in.md",
            f"{URL}={url}: write https://host without a path; the proxy before it does TLS, see docs/sign-in.md",
        )
    return url


def _oidc(environment: Mapping[str, str]) -> Oidc | None:
    issuer = environment.get(OIDC_ISSUER, "").rstrip("/")
    if not issuer:
        return None
    client = environment.get(OIDC_CLIENT, "")
    if not client or OIDC_SECRET not in environment:
        raise BadInput(
            f"统一身份认证须同时设 {OIDC_ISSUER}、{OIDC_CLIENT}、{OIDC_SECRET}",
            f"OpenID Connect needs {OIDC_ISSUER}, {OIDC_CLIENT} and {OIDC_SECRET} together",
        )
    claim = environment.get(OIDC_CLAIM) or Oidc.claim
    return Oidc(issuer, client, _secret(environment[OIDC_SECRET], OIDC_SECRET), claim)


def _proxy(environment: Mapping[str, str]) -> Proxy | None:
    header = environment.get(PROXY_HEADER, "")
    if not header:
        return None
    if PROXY_SECRET not in environment:
        raise BadInput(
            f"设了 {PROXY_HEADER} 就须设 {PROXY_SECRET}：没有共享口令，任何人都能冒充代理",
            f"{PROXY_HEADER} needs {PROXY_SECRET}: without a shared secret anybody could pass for the proxy",
        )
    secret = _secret(environment[PROXY_SECRET], PROXY_SECRET)
    if len(secret) < SHORTEST_SECRET:
        raise BadInput(
            f"{PROXY_SECRET}：口令至少 {SHORTEST_SECRET} 个字符",
            f"{PROXY_SECRET}: at least {SHORTEST_SECRET} characters",
        )
    return Proxy(header, secret)


def _secret(path: str, name: str) -> str:
    try:
        secret = Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{name}={path}：无法读取（{error}）", f"{name}={path}: cannot be read ({error})") from error
    if not secret:
        raise BadInput(f"{name}={path}：文件是空的", f"{name}={path}: the file is empty")
    return secret


def require_reach(host: str, sign_in: SignIn | None) -> None:
    """Raise ``BadInput`` for an address that other machines reach, unless people sign in there and TLS is before it."""
    if host in LOOPBACK:
        return
    if sign_in is None:
        raise BadInput(
            f"没有账户时只在本机开放，不能监听 {host}；先用 tidu account create 建立账户",
            f"without accounts only this machine is answered, not {host}: make accounts with tidu account create first",
        )
    if not sign_in.is_behind_tls:
        raise BadInput(
            f"监听 {host} 须有 TLS 代理：请设 {URL}=https://…，见 docs/sign-in.md",
            f"{host} needs a TLS proxy before it: set {URL}=https://…, see docs/sign-in.md",
        )
