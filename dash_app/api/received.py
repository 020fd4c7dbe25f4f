"""What a request that writes brings: the number of its form, the version it saw, its body and its files."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

import flask
from pydantic import ValidationError

from dash_app.api.bodies import BODIES, Body
from service.casework import ACTS, CaseForm
from service.errors import BadInput
from service.wording.rendering import read_texts

_ERRORS = Path(__file__).with_name("errors.yml")
LARGEST = 64 * 1024
"""Bytes of a body of JSON: fifteen of the longest fields."""
WITH_PROOFS = "contest"
PROOF = "proof"
"""The name under which a form sends each of its files."""
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{7,63}")
_VERSION = re.compile(r'"?(\d{1,9})"?')


class NotTaken(BadInput):
    """A request that is refused with another status than that of bad input."""

    def __init__(self, status: int) -> None:
        words = read_texts(_ERRORS)[str(status)]
        super().__init__(words["zh"], words["en"])
        self.status = status


@contextmanager
def received(act: str, who: str, path: Mapping[str, str]) -> Iterator[CaseForm]:
    """The form that the present request sends, with its files while the block lasts.

    ``path`` gives the fields that are part of the address. Raises ``BadInput`` for what cannot be understood.
    """
    with TemporaryDirectory() as folder:
        body, files = _form(act, Path(folder)) if act == WITH_PROOFS else (_json(act), [])
        named = {name: value for name, value in path.items() if name != "firm_id"}
        fields = {**body.model_dump(mode="json", exclude_none=True), **named}
        if files:
            fields["proofs"] = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
        seen = _seen()
        versions = {} if seen is None else {ACTS[act].seen_as(fields): seen}
        yield CaseForm(act, fields, f"http:{who}:{_key()}", versions, files)


def _key() -> str:
    """The number of the form; the user is put before it, so that nobody is answered with what others sent."""
    key = flask.request.headers.get("Idempotency-Key", "").strip().strip('"')
    if not _KEY.fullmatch(key):
        _refuse("key")
    return key


def _seen() -> int | None:
    sent = flask.request.headers.get("If-Match")
    if sent is None:
        return None
    match = _VERSION.fullmatch(sent.strip())
    if match is None:
        _refuse("version")
    return int(match[1])


def _json(act: str) -> Body:
    request = flask.request
    if request.mimetype != "application/json":
        raise NotTaken(415)
    text = request.get_data(cache=False)
    if len(text) > LARGEST:
        raise NotTaken(413)
    try:
        json.loads(text, object_pairs_hook=_once, parse_constant=_once)
        return BODIES[act].model_validate_json(text)
    except ValidationError as error:
        raise _impossible(act, error) from error
    except (ValueError, RecursionError) as error:
        raise NotTaken(400) from error


def _once(pairs: Any) -> dict[str, Any]:
    """An object of which no name comes twice; raises ``ValueError``, also for NaN and infinity."""
    if isinstance(pairs, str) or len(pairs) != len({name for name, _ in pairs}):
        raise ValueError("a name that comes twice, or no number")
    return dict(pairs)


def _form(act: str, folder: Path) -> tuple[Body, list[Path]]:
    request = flask.request
    if request.mimetype != "multipart/form-data":
        raise NotTaken(415)
    if set(request.files) - {PROOF} or any(len(request.form.getlist(name)) > 1 for name in request.form):
        raise NotTaken(400)
    try:
        body = BODIES[act].model_validate(request.form.to_dict())
    except ValidationError as error:
        raise _impossible(act, error) from error
    return body, saved(request.files.getlist(PROOF), folder)


def saved(uploads: Sequence[Any], folder: Path) -> list[Path]:
    """The files, each in a folder of its own under the last part of the name it was sent with."""
    files = []
    for number, upload in enumerate(uploads):
        name = (upload.filename or "").replace("\\", "/").rpartition("/")[2][-100:]
        is_name = name.strip(". ") and name.isprintable()
        file = folder / str(number) / (name if is_name else f"{PROOF}-{number + 1}")
        file.parent.mkdir()
        upload.save(file)
        files.append(file)
    return files


def _impossible(act: str, error: ValidationError) -> BadInput:
    first = error.errors()[0]
    name, known = ".".join(map(str, first["loc"])) or "JSON", "、".join(BODIES[act].model_fields)
    text = read_texts(_ERRORS)["body"]
    values = {"name": name, "reason": first["msg"], "known": known}
    return BadInput(text["zh"].format(**values), text["en"].format(**values))


def _refuse(key: str) -> NoReturn:
    text = read_texts(_ERRORS)[key]
    raise BadInput(text["zh"], text["en"])
