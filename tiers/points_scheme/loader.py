"""Reads a points scheme strictly: whatever cannot stand is refused with file and line."""

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
        (("groups", number, "of", position), one)
        for number, group in enumerate(scheme.groups)
        for position, one in enumerate(group.of)
    ]


def _check_names(file: YamlFile, scheme: Scheme) -> None:
    seen: set[str] = set()
    for trail, one in _placed(scheme):
        if one.id in seen:
            raise file.error((*trail, "id"), f"指标重复 the indicator {one.id} is given twice")
        seen.add(one.id)
        if one.metric is None:
            continue
        metric = metric_of(one.metric)
        if metric is None:
            raise file.error((*trail, "metric"), f"没有此指标 no metric and no fact is called {one.metric}")
        literals = [value for step in one.steps for _, value in step.tests]
        literals += [one.linear.from_, one.linear.to] if one.linear else []
        if strange := next((value for value in literals if value.unit != metric.unit), None):
            raise file.error(trail, f"单位不符 {one.metric} is counted in {metric.unit}, not as {strange.text}")


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
    if all(one.weights is None for _, one in placed):
        return
    if scheme.total is None:
        raise file.error((), "有权重须写明 total a scheme with weights says its total")
    phases = {phase.id for phase in scheme.phases}
    for trail, one in placed:
        if one.weights is None or one.weights.keys() != phases:
            raise file.error(
                trail, f"权重不全 weights_incomplete: {one.id} needs a weight in {', '.join(sorted(phases))}"
            )
        if min(one.weights.values()) < 0:
            raise file.error((*trail, "weights"), "权重不能为负 a weight is not negative")
    for number, phase in enumerate(scheme.phases):
        points = sum((one.weights or {})[phase.id] for _, one in placed)
        if points != scheme.total:
            said = f"{points / TENTHS:g}", f"{scheme.total / TENTHS:g}"
            message = (
                f"权重之和 {said[0]}，应为 {said[1]} weights_do_not_sum: {phase.id} sums to {said[0]}, not {said[1]}"
            )
            raise file.error(("phases", number), message)
