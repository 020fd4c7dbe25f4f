"""Casebooks on both databases: in a file of the home, and in a new database of the session's PostgreSQL."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgresql import Cluster, shared

from warehouse.casebook.book import Book
from warehouse.casebook.store import VARIABLE
from warehouse.home import Home


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The session's PostgreSQL."""
    own = tmp_path_factory.getbasetemp()
    with shared(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) as cluster:
        yield cluster


@pytest.fixture
def postgresql_home(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home whose casebook is a new database of PostgreSQL."""
    monkeypatch.setenv(VARIABLE, cluster.create(f"t{uuid.uuid4().hex}"))
    home = Home(tmp_path)
    yield home
    Book(home).store.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A home with each kind of casebook."""
    return request.getfixturevalue("postgresql_home") if request.param == "postgresql" else Home(tmp_path)


@pytest.fixture
def book(home: Home) -> Book:
    """An empty casebook of each kind."""
    return Book(home)
