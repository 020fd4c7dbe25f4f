"""Which jobs of ``prefect.yaml`` a home is given: those of one zone, or those of an installation of many."""

from pathlib import Path

from tiers.strict_yaml import StrictYamlError, load
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.zones.registry import FILE

OF_MANY_ZONES = "flows.zones.refresh_zones.refresh_installation"
OF_A_ZONE = "flows.refresh.refresh_zone"
"""The entrypoints of which a home needs one alone: the other would fail every night."""


def jobs_of(home: Home, path: Path) -> list[str]:
    """The names of the jobs to register, in the order of the file; raises ``BadInput`` where it cannot be read."""
    left_out = OF_A_ZONE if (home.root / FILE).is_file() else OF_MANY_ZONES
    try:
        jobs = load(path).content["deployments"]
        return [job["name"] for job in jobs if job.get("entrypoint") != left_out]
    except (OSError, StrictYamlError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"{path.absolute()}: 读不出任务；请在安装目录下运行，或从安装包复制 prefect.yaml",
            f"{path.absolute()}: no jobs can be read: run this in the folder of the installation, or copy prefect.yaml"
            " from the package",
        ) from error
