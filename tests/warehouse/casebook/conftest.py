"""Casebooks on both databases: in a file of the home, and in a new database of the session's PostgreSQL."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgresql import Cluster, shared

from warehouse.casebook.book import Book
from warehouse.casebook.store import VARIABLE, Store
from warehouse.home import Home


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The session's PostgreSQL."""
    own = tmp_path_factory.getbasetemp()
    with shared(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) as cluster:
        yield cluster


def _name() -> str:
    """A name that no database has."""
    return f"t{uuid.uuid4().hex}"


@pytest.fixture(scope="session")
def migrated(cluster: Cluster) -> str:
    """A database with the tables of this version and without an event: migrations take longer than most tests."""
    store = Store(cluster.create(name := _name()))
    with store.read():
        pass
    store.close()
    return name


@pytest.fixture
def postgresql_home(cluster: Cluster, migrated: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Home]:
    """A home whose casebook is a database of PostgreSQL of its own, without an event."""
    yield from _home_of(cluster.create(_name(), migrated), monkeypatch, tmp_path)


@pytest.fixture
def unmigrated_home(cluster: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Home]:
    """A home whose casebook is a database of PostgreSQL without a table."""
    yield from _home_of(cluster.create(_name()), monkeypatch, tmp_path)


def _home_of(url: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Home]:
    monkeypatch.setenv(VARIABLE, url)
    yield (home := Home(folder))
    Book(home).store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A home with each kind of casebook."""
    return request.getfixturevalue("postgresql_home") if request.param == "postgresql" else Home(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """As ``home``, before the first use of its casebook."""
    return request.getfixturevalue("unmigrated_home") if request.param == "postgresql" else Home(tmp_path)


@pytest.fixture
def book(home: Home) -> Book:
    """An empty casebook of each kind."""
    return Book(home)
