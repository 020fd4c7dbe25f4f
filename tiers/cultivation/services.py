"""The catalogue of services, and which of them answer a firm's signals and open conditions."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl
from pydantic import Field

from tiers.cultivation.schema import Source
from tiers.metrics import metric_of
from tiers.movement.signals import movement
from tiers.schema.condition import Identifier
from tiers.schema.facts import of_years
from tiers.schema.strict import Strict, Words
from tiers.yaml_file import YamlFile

CATALOGUE = Path(__file__).with_suffix(".yml")
NO_OUTCOME = "unknown"
"""The outcome of a service that was not assessed."""


class Answers(Strict):
    """The signals and metrics that a service is for; ``rd_share`` stands for the metric of every year."""

    signals: tuple[Identifier, ...] = ()
    metrics: tuple[Identifier, ...] = ()


class Service(Words):
    """A service: who gives it, what it answers, the papers that prove it, and what is asked afterwards."""

    provider: Identifier
    answers: Answers
    evidence: tuple[Words, ...] = Field(min_length=1)
    closes: Words
    basis: Source


class Beyond(Words):
    """Metrics that no service moves, and why."""

    metrics: tuple[Identifier, ...] = Field(min_length=1)


class Outcome(Words):
    """What a service did; after one that had no effect another is proposed first."""

    is_worth_repeating: bool = True


class Catalogue(Strict):
    """The content of ``services.yml``."""

    providers: dict[Identifier, Words]
    outcomes: dict[Identifier, Outcome]
    sentence: Words
    services: dict[Identifier, Service]
    beyond: tuple[Beyond, ...]


@dataclass(frozen=True)
class Pending:
    """A condition that keeps a firm from a title; ``is_deciding`` where the verdict hangs on it.

    ``metrics``: the one it compares, or the facts that a score counts; none where people judge.
    """

    condition: str
    metrics: tuple[str, ...] = ()
    is_deciding: bool = False


@dataclass(frozen=True)
class Match:
    """A service that answers a firm: its conditions, the deciding ones first, and the signals."""

    service: str
    conditions: tuple[Pending, ...]
    signals: tuple[str, ...]


@lru_cache
def catalogue(path: Path = CATALOGUE) -> Catalogue:
    """The catalogue; raises ``DefinitionError`` with file and line."""
    file = YamlFile(path)
    content = file.validated(Catalogue, file.content, ())
    for trail, message in _mistakes(content):
        raise file.error(trail, message)
    return content


def _mistakes(content: Catalogue) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Names that are not there, with where they stand."""
    for name, service in content.services.items():
        if service.provider not in content.providers:
            yield ("services", name, "provider"), f"no provider is called {service.provider}"
        yield from ((("services", name, "answers"), message) for message in _of_answers(service.answers))
    if NO_OUTCOME not in content.outcomes:
        yield ("outcomes",), f"there is no outcome {NO_OUTCOME}, which stands for none"
    for number, beyond in enumerate(content.beyond):
        if unknown := _unknown_metrics(beyond.metrics):
            yield ("beyond", number), f"no metric is called {min(unknown)}"


def _of_answers(answers: Answers) -> Iterator[str]:
    if unknown := set(answers.signals) - movement().signals.keys():
        yield f"no signal is called {min(unknown)}"
    if unknown := _unknown_metrics(answers.metrics):
        yield f"no metric is called {min(unknown)}"
    if not (answers.signals or answers.metrics):
        yield "a service answers a signal or a metric"


def _unknown_metrics(names: Collection[str]) -> set[str]:
    return {name for name in names if not of_each_year([name])}


def of_each_year(names: Iterable[str]) -> list[str]:
    """Metrics as conditions name them: one that is of years stands for each of its years."""
    spelt = (spelling for name in names for spelling in (name, *of_years(name)))
    return [spelling for spelling in spelt if metric_of(spelling) is not None]


def ranked(signals: Sequence[str], pending: Sequence[Pending], content: Catalogue | None = None) -> list[Match]:
    """The services that answer a firm: most deciding conditions first, then most signals, then most conditions."""
    matches = list(_matches(signals, pending, content or catalogue()))
    return sorted(
        matches,
        key=lambda match: (
            -sum(condition.is_deciding for condition in match.conditions),
            -len(match.signals),
            -len(match.conditions),
        ),
    )


def _matches(signals: Sequence[str], pending: Sequence[Pending], content: Catalogue) -> Iterator[Match]:
    for name, service in content.services.items():
        answered = set(of_each_year(service.answers.metrics))
        own = [entry for entry in pending if answered.intersection(entry.metrics)]
        given = tuple(signal for signal in dict.fromkeys(signals) if signal in service.answers.signals)
        if own or given:
            yield Match(name, tuple(sorted(own, key=lambda entry: not entry.is_deciding)), given)


def tables() -> dict[str, pl.DataFrame]:
    """Services with their sentence, what they answer, and the words of outcomes."""
    content = catalogue()
    services = [
        {
            "service": name,
            "zh": entry.zh,
            "en": entry.en,
            "sentence_zh": content.sentence.zh,
            "sentence_en": content.sentence.en,
        }
        for name, entry in content.services.items()
    ]
    answers = [
        {"service": name, "signal": signal, "metric": metric}
        for name, entry in content.services.items()
        for signal, metric in [
            *((signal, None) for signal in entry.answers.signals),
            *((None, metric) for metric in of_each_year(entry.answers.metrics)),
        ]
    ]
    outcomes = [{"outcome": name, "zh": entry.zh, "en": entry.en} for name, entry in content.outcomes.items()]
    return {
        "ref_services": pl.DataFrame(services),
        "ref_service_answers": pl.DataFrame(answers, schema=dict.fromkeys(("service", "signal", "metric"), pl.String)),
        "ref_service_outcomes": pl.DataFrame(outcomes).with_columns(is_none=pl.col("outcome") == NO_OUTCOME),
    }
