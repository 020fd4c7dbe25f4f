"""Settings of the operator: what is not safe is refused with the way out."""

from pathlib import Path

import pytest

from service.people.installation import People
from service.people.secret import session_secret
from service.people.settings import require_reach, sign_in_of
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("strict-definitions")


def test_the_key_of_sessions_is_made_once_and_private(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.casebook  # noqa: B018 - makes the folder
    key = session_secret(home)

    assert session_secret(home) == key
    assert (home.root / "session-secret").stat().st_mode & 0o777 == 0o600
    (home.root / "session-secret").write_text("half")
    assert session_secret(home) != key


def test_settings_that_are_not_safe_are_refused(people: People, tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.write_text("abc")
    refused: list[dict[str, str]] = [
        {"TIDU_URL": "http://tidu.example"},
        {"TIDU_URL": "https://tidu.example/sub"},
        {"TIDU_OIDC_ISSUER": "https://id.example"},
        {"TIDU_OIDC_ISSUER": "https://id.example", "TIDU_OIDC_CLIENT_ID": "x", "TIDU_OIDC_SECRET_FILE": "/none"},
        {"TIDU_PROXY_USER_HEADER": "X-Remote-User"},
        {"TIDU_PROXY_USER_HEADER": "X-Remote-User", "TIDU_PROXY_SECRET_FILE": str(short)},
    ]

    for environment in refused:
        with pytest.raises(BadInput):
            sign_in_of(people, "k", environment)


def test_other_machines_are_answered_only_with_accounts_and_tls(people: People) -> None:
    require_reach("127.0.0.1", None)
    require_reach("0.0.0.0", sign_in_of(people, "k", {"TIDU_URL": "https://tidu.example"}))  # noqa: S104
    for sign_in in (None, sign_in_of(people, "k", {})):
        with pytest.raises(BadInput):
            require_reach("0.0.0.0", sign_in)  # noqa: S104
