"""An error keeps apart where it is, why, and what a library reported; each edge shows what is for its reader."""

import pickle

import pytest

from warehouse.errors import CasebookFailed, HomeFailed, StepFailed, WarehouseError

pytestmark = pytest.mark.rule("way-out")

LOCKED = CasebookFailed("已锁：请稍候", "locked: wait a little", "database is locked", place="/srv/casebook.db")


def test_the_whole_message_begins_with_the_place_and_ends_with_what_was_reported() -> None:
    assert LOCKED.zh == "/srv/casebook.db: 已锁：请稍候\n(database is locked)"
    assert LOCKED.en == "/srv/casebook.db: locked: wait a little\n(database is locked)"
    assert str(LOCKED) == (
        "/srv/casebook.db: 已锁：请稍候\n/srv/casebook.db: locked: wait a little\n(database is locked)"
    )


def test_the_reason_is_without_both() -> None:
    assert [LOCKED.reason(lang) for lang in ("zh", "en")] == ["已锁：请稍候", "locked: wait a little"]
    assert HomeFailed.frozen("/srv/vintage").place == "/srv/vintage"
    assert WarehouseError("只有一种").reason("en") == "只有一种"


@pytest.mark.parametrize("error", [LOCKED, StepFailed("载入", "load", "坏了", "broken")])
def test_an_error_of_a_worker_arrives_whole(error: WarehouseError) -> None:
    arrived = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(arrived), str(arrived), vars(arrived)) == (type(error), str(error), vars(error))
