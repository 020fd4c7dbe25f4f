"""Sign-in through a provider of OpenID Connect: Authlib's client, with PKCE, under Flask-Security's routes."""

from typing import Any

from flask_security import FsOAuthProvider

from service.people.settings import Oidc

NAME = "oidc"
"""The last part of the addresses of its routes, such as ``/login/oauthresponse/oidc``."""


class Provider(FsOAuthProvider):
    """One provider; the account is that whose name the configured claim gives, and is never made by it."""

    def __init__(self, settings: Oidc) -> None:
        super().__init__(NAME)
        self._settings = settings

    def authlib_config(self) -> dict[str, Any]:
        """What Authlib asks the provider with."""
        return {
            "client_id": self._settings.client_id,
            "client_secret": self._settings.client_secret,
            "server_metadata_url": f"{self._settings.issuer}/.well-known/openid-configuration",
            "client_kwargs": {"scope": "openid profile", "code_challenge_method": "S256"},
        }

    def fetch_identity_cb(self, oauth: Any, token: Any) -> tuple[str, str]:
        """The account name in the provider's claims; None where no account has it."""
        return "username", str((token.get("userinfo") or {}).get(self._settings.claim) or "")


def register(glue: Any, settings: Oidc) -> None:
    """Add the provider to Flask-Security's."""
    glue.register_provider_ext(Provider(settings))
