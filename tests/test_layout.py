"""The documents describe the present folders: every folder of warehouse/ is in docs/develop.md and the README."""

import re
from pathlib import Path

import pytest
from source_files import ROOT, offenders

pytestmark = pytest.mark.rule("true-documents")

FOLDERS = {path.name for path in (ROOT / "warehouse").iterdir() if (path / "__init__.py").exists()}
DOCUMENTS = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")) if path.name != "history.md")
"""All but the long history, which names what is gone."""
GLOSSARY = (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines()
TABLE = [line for line in (ROOT / "docs" / "develop.md").read_text("utf-8").splitlines() if line.startswith("| `")]


@pytest.mark.rule("true-documents", "the drawing in the README shows the folders of warehouse/")
def test_the_drawing_shows_every_folder_of_the_warehouse() -> None:
    drawing = (ROOT / "README.md").read_text("utf-8").split("```")[1]

    assert set(re.findall(r"\b(\w+)/", drawing)) - {"inbox", "service", "warehouse", "tiers"} == FOLDERS


@pytest.mark.rule(
    "true-documents",
    "docs/develop.md names every folder of warehouse/, and only existing ones of it and of flows/ and service/",
)
def test_the_table_of_folders_is_the_present_layout() -> None:
    listed = re.findall(r"`((?:warehouse|flows|service)/\w+)/`", "\n".join(line.split("|")[1] for line in TABLE))

    assert {f"warehouse/{name}" for name in FOLDERS} <= set(listed)
    assert [name for name in listed if not (ROOT / name).is_dir()] == []


@pytest.mark.rule("true-documents", "GLOSSARY.md lists the folders of warehouse/, and the layers of models")
def test_the_glossary_lists_rooms_and_layers() -> None:
    rows = {line.split("|")[1].strip(): line.split("|")[2] for line in GLOSSARY if line.startswith("| ")}
    layers = {path.name for path in (ROOT / "warehouse" / "models").iterdir() if any(path.glob("*.sql"))}

    assert set(rows["代码目录"].split("`")[5].split()) == FOLDERS
    assert set(rows["层"].partition(": ")[2].strip().split(", ")) == {"raw", *layers}


@pytest.mark.rule("true-documents", "the documents name files that exist, and link to them")
def test_the_documents_name_existing_files() -> None:
    assert offenders(DOCUMENTS, _missing_files) == {}


def _missing_files(path: Path) -> list[str]:
    text = path.read_text("utf-8")
    named = re.findall(r"`((?:tiers|warehouse|service|flows|dash_app|tests)/[\w./]+)`", text)
    linked = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if ":" not in link]
    return [name for name in named if not (ROOT / name).exists()] + [
        link for link in linked if not (path.parent / link).exists()
    ]
