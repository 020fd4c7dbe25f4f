"""The difference between served firms and like ones: by hand, refused for few, never called more."""

import random

import pytest

from tiers.cultivation.effect import Group, difference, effect_rules

pytestmark = pytest.mark.rule("proposals")

SEVERAL = [Group(20, 12, 40, 12), Group(10, 4, 30, 9), Group(5, 5, 25, 10)]


def test_the_difference_of_one_group_is_that_of_its_shares() -> None:
    result = difference([Group(50, 30, 100, 40)])

    assert (result.share, result.like_share) == (0.6, 0.4)
    assert result.points == pytest.approx(20)
    assert (result.low, result.high) == (pytest.approx(3.4, abs=0.15), pytest.approx(36.6, abs=0.15))


def test_several_groups_are_weighted_by_mantel_and_haenszel() -> None:
    """By hand: weights 40/3, 15/2, 25/6; differences 0.3, 0.1, 0.6."""
    result = difference(SEVERAL)

    assert result.points == pytest.approx(100 * (4 + 0.75 + 2.5) / 25)
    assert result.points == pytest.approx(100 * ((result.share or 0) - (result.like_share or 0)))
    assert (result.served, result.closed, result.like) == (35, 21, 95)


def test_a_group_without_both_kinds_is_left_out() -> None:
    assert difference([*SEVERAL, Group(30, 30, 0, 0), Group(0, 0, 90, 1)]) == difference(SEVERAL)


@pytest.mark.parametrize(
    ("group", "reason"),
    [
        (Group(9, 9, 500, 0), "few_served"),
        (Group(10, 9, 19, 0), "few_like"),
        (Group(10, 9, 20, 0), None),
        (Group(0, 0, 500, 0), "few_served"),
    ],
)
def test_few_firms_are_refused_with_their_number(group: Group, reason: str | None) -> None:
    result = difference([group])

    assert result.refused == reason
    assert (result.points is None) == (reason is not None)
    for lang in ("zh", "en"):
        assert str(group.like if reason == "few_like" else group.served) in result.words(lang)


def test_the_interval_holds_the_true_difference_as_often_as_it_says() -> None:
    """Where service and outcome have nothing to do with each other but through the groups."""
    drawn, held = random.Random(7), 0
    for _ in range(400):
        groups = []
        for share, served, like in ((0.2, 8, 60), (0.5, 25, 30), (0.7, 12, 12)):
            hits = [sum(drawn.random() < share for _ in range(size)) for size in (served, like)]
            groups.append(Group(served, hits[0], like, hits[1]))
        result = difference(groups)
        held += (result.low or 0) <= 0 <= (result.high or 0)

    assert 0.92 <= held / 400 <= 0.98


def test_no_sentence_claims_a_cause() -> None:
    words = effect_rules().words
    assert "不证明由服务带来" in words.difference.zh
    assert "proves no cause" in words.difference.en
    for sentence in (words.difference, words.few_served, words.few_like):
        assert not {"效果", "促使", "使得"} & {sentence.zh[i : i + 2] for i in range(len(sentence.zh))}
        assert not any(word in sentence.en for word in ("effect", "caused", "because of", "due to", "thanks to"))
