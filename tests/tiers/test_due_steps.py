"""The steps of a duty in words, in either language."""

from tiers.messages.due_steps import with_steps

STEPS = [
    {
        "zh": "索取数据",
        "en": "ask for figures",
        "working_days": 5,
        "because_zh": "多方",
        "because_en": "of several people",
    },
    {"zh": "填报", "en": "file it", "working_days": 1, "because_zh": "网上", "because_en": "online"},
]


def test_steps_are_worded_with_their_days_and_reasons() -> None:
    (row,) = with_steps([{"duty": "d", "steps": STEPS}])

    assert row == {
        "duty": "d",
        "steps_zh": "索取数据 5 个工作日（多方）；填报 1 个工作日（网上）",
        "steps_en": "ask for figures: 5 working days (of several people); file it: 1 working day (online)",
    }


def test_a_member_of_the_pool_has_none_and_an_older_release_has_the_words() -> None:
    of_pool, older = with_steps([{"steps": None}, {"steps_zh": "填报", "steps_en": "file it"}])

    assert of_pool == {"steps_zh": None, "steps_en": None}
    assert older == {"steps_zh": "填报", "steps_en": "file it"}
