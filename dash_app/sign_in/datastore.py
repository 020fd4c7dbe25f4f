"""The accounts as Flask-Security sees them: it asks and changes the casebook's rows through the service."""

from typing import Any

from flask_security import RoleMixin, UserDatastore, UserMixin

from service.people.accounts import Account, Accounts


class Role(RoleMixin):
    """Role as Flask-Security asks for it; rights are in ``service/roles.yml``."""

    def __init__(self, name: str) -> None:
        self.name = name


class User(UserMixin):
    """An account as Flask-Security sees it; it sets ``password`` and ``fs_uniquifier``, and has them put."""

    fs_uniquifier = ""
    username = ""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.username = account.name
        self.password = account.password_hash
        self.active = account.is_active
        self.fs_uniquifier = account.session_key
        self.roles = [Role(account.role)]
        # A second sign-in by a provider is compared by this attribute: nobody may equal another.
        self.email = account.name


class Datastore(UserDatastore):
    """Accounts by name or session; nothing is created or deleted through it."""

    def __init__(self, accounts: Accounts) -> None:
        super().__init__(User, Role)
        self._accounts = accounts

    def find_user(self, case_insensitive: bool = False, **query: Any) -> User | None:
        """The user with a ``username`` or ``fs_uniquifier``."""
        ((attribute, value),) = query.items()
        if attribute == "fs_uniquifier":
            account = self._accounts.of_session(str(value))
        elif attribute in ("username", "email"):
            account = self._accounts.named(str(value or ""))
        else:
            raise KeyError(attribute)
        return None if account is None else User(account)

    def find_role(self, role: str) -> Role:
        """Never None: the name is checked where accounts are written."""
        return Role(role)

    def put(self, user: User) -> User:
        """Keep a new password, a password hashed anew, or the end of all sessions, whichever has changed."""
        account = user.account
        has_new_password = user.password != account.password_hash
        has_new_session = user.fs_uniquifier != account.session_key
        if user.password and has_new_password and has_new_session:
            self._accounts.set_password(account.name, user.password, user.fs_uniquifier)
        elif user.password and has_new_password:
            self._accounts.keep_rehashed(account.key, user.password)
        elif has_new_session:
            self._accounts.end_sessions(account.name, user.fs_uniquifier)
        if has_new_password or has_new_session:
            user.account = self._accounts.named(account.key) or account
        return user

    def commit(self) -> None:
        """Nothing is left to do: each change is a transaction of its own."""


class Links:
    """Stands for the signer of links to set a password: they are kept as hashes in rows, so that each works once."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def loads(self, secret: str, max_age: float | None = None) -> list[str]:
        """The session key of the account of a link; raises ``ValueError`` for one that was used, or expired."""
        account = self._accounts.of_link(secret)
        if account is None:
            raise ValueError("no such link")
        return [account.session_key]
