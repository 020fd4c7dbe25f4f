"""Loads points schemes; an invalid part raises ``DefinitionError`` with file and line."""

from functools import lru_cache
from pathlib import Path

from tiers.errors import UnknownNameError
from tiers.metrics import metric_of
from tiers.points_scheme.scheme import Indicator, Scheme
from tiers.schema.points import TENTHS
from tiers.strict_yaml import Trail
from tiers.yaml_file import YamlFile

SCHEMES = Path(__file__).parent.parent / "schemes"


@lru_cache
def load_schemes(folder: Path = SCHEMES) -> dict[str, Scheme]:
    """Every scheme below ``folder`` by its id, place and version: ``CN/2024``."""
    read = (read_scheme(path) for path in sorted(folder.glob("*/*.yml")))
    return {scheme.id: scheme for scheme in read}


def scheme_of(name: str) -> Scheme:
    """The scheme of that id; raises ``UnknownNameError``."""
    known = load_schemes()
    if name not in known:
        raise UnknownNameError(name, known)
    return known[name]


def read_scheme(path: Path) -> Scheme:
    """The scheme a file writes; its name is its place in the folder."""
    file = YamlFile(path)
    place = path.parent.name
    scheme = file.validated(Scheme, {**file.content, "id": f"{place}/{path.stem}", "place": place}, ())
    _check_names(file, scheme)
    _check_phases(file, scheme)
    _check_weights(file, scheme)
    return scheme


def _placed(scheme: Scheme) -> list[tuple[Trail, Indicator]]:
    return [
        (("groups", number, "of", position), indicator)
        for number, group in enumerate(scheme.groups)
        for position, indicator in enumerate(group.of)
    ]


def _check_names(file: YamlFile, scheme: Scheme) -> None:
    seen: set[str] = set()
    for trail, indicator in _placed(scheme):
        if indicator.id in seen:
            raise file.error((*trail, "id"), f"指标重复 the indicator {indicator.id} is given twice")
        seen.add(indicator.id)
        if indicator.metric is None:
            continue
        metric = metric_of(indicator.metric)
        if metric is None:
            raise file.error((*trail, "metric"), f"没有此指标 no metric and no fact is called {indicator.metric}")
        literals = [value for step in indicator.steps for _, value in step.tests]
        literals += [indicator.linear.from_, indicator.linear.to] if indicator.linear else []
        if mismatch := next((value for value in literals if value.unit != metric.unit), None):
            raise file.error(trail, f"单位不符 {indicator.metric} is counted in {metric.unit}, not as {mismatch.text}")


def _check_phases(file: YamlFile, scheme: Scheme) -> None:
    if scheme.phase_by is not None and metric_of(scheme.phase_by) is None:
        raise file.error(("phase_by",), f"没有此指标 no metric and no fact is called {scheme.phase_by}")
    if len(scheme.phases) == 1 or not (scheme.phase_by or scheme.has_weights):
        return
    edges = [phase.below for phase in scheme.phases]
    amounts = [edge.amount for edge in edges if edge is not None]
    if scheme.phase_by is None or None in edges[:-1] or edges[-1] is not None or amounts != sorted(set(amounts)):
        message = "阶段须写明 phase_by，且除末段外依次写明 below each phase but the last ends below a larger size"
        raise file.error(("phases",), message)


def _check_weights(file: YamlFile, scheme: Scheme) -> None:
    """All weights or none; of each phase they sum to the total (weights_do_not_sum)."""
    placed = _placed(scheme)
    if all(indicator.weights is None for _, indicator in placed):
        return
    if scheme.total is None:
        raise file.error((), "有权重须写明 total a scheme with weights says its total")
    phases = {phase.id for phase in scheme.phases}
    for trail, indicator in placed:
        if indicator.weights is None or indicator.weights.keys() != phases:
            raise file.error(
                trail, f"权重不全 weights_incomplete: {indicator.id} needs a weight in {', '.join(sorted(phases))}"
            )
        if min(indicator.weights.values()) < 0:
            raise file.error((*trail, "weights"), "权重不能为负 a weight is not negative")
    for number, phase in enumerate(scheme.phases):
        points = sum((indicator.weights or {})[phase.id] for _, indicator in placed)
        if points != scheme.total:
            points_text, total_text = f"{points / TENTHS:g}", f"{scheme.total / TENTHS:g}"
            message = (
                f"权重之和 {points_text}，应为 {total_text} weights_do_not_sum:"
                f" {phase.id} sums to {points_text}, not {total_text}"
            )
            raise file.error(("phases", number), message)
