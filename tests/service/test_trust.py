"""What stands against relying on a release is shown to every user: files that it was made without, too."""

from pathlib import PurePath

from dash_app.components.freshness import freshness_line
from dash_app.session import Session
from service.reader import Service
from service.scope import Scope, single_user
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.release import left_inbox
from warehouse.release.releases import current

OFFICER = Scope("李娜", "officer", "park", ("330108",))


def test_a_refused_file_is_excepted_until_a_corrected_one_is_loaded(own_home: Home) -> None:
    with Build.open(current(own_home)) as build:
        loaded = PurePath(build.value("select file_name from deliveries where feed = 'zone__yearly' limit 1"))
        for feed, name, seq in (
            ("zone__yearly", f"{loaded.stem}.xls", 0),
            ("zone__yearly", f"{loaded.stem}_更正.xlsx", 10**6),
            ("zone__yearly", "另一份.xlsx", 0),
            ("unknown", "x.csv", 0),
        ):
            build.execute(
                "insert into rejection (delivery_id, feed, file_name, seq) values ($2, $1, $2, $3)", [feed, name, seq]
            )
    service = Service(own_home)
    for scope in (single_user(), OFFICER):
        with service.release(scope) as release:
            freshness = release.freshness()
        assert [(row["feed"], row["files"]) for row in freshness["refused"]] == [("unknown", 1), ("zone__yearly", 2)]
        (yearly,) = (row for row in freshness["refused"] if row["feed"] == "zone__yearly")
        for lang, words in (("zh", "3 个文件被拒收"), ("en", "files refused: 3")):
            line = str(freshness_line(freshness, Session({}, lang, scope)).to_plotly_json())
            assert words in line
            assert f'state-except">{"除" if lang == "zh" else "safe to use except for "}' in line
            assert line.count(yearly[lang]) == 2, "among the files, and in what is excepted"

    left_inbox.write(own_home, ["x.csv"])  # a later run found them gone; the release stays as it is
    with service.release(single_user()) as release:
        assert [(row["feed"], row["files"]) for row in release.freshness()["refused"]] == [("zone__yearly", 2)]
        assert len(release.data().refused()) == 2
    left_inbox.write(own_home, [])
    with service.release(single_user()) as release:
        assert len(release.freshness()["refused"]) == 2


def test_a_release_that_refused_nothing_is_safe_but_for_what_is_late(released: Home) -> None:
    with Service(released).release(OFFICER) as release:
        freshness = {**release.freshness(), "late": []}
    assert freshness["refused"] == []
    assert "state-safe" in str(freshness_line(freshness, Session({}, "zh", OFFICER)).to_plotly_json())
