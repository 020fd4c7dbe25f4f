"""How a process of ours is configured, before it imports what is large."""

import gc
import os

OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""Most objects of a process are modules and plans that stay; looking through them often was a tenth of a run."""

ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",  # small matrices here; idle threads of NumPy spin for 90 CPU ms at its import
    "PYDANTIC_DISABLE_PLUGINS": "__all__",  # searching every package for plugins takes 20 CPU ms
}
"""Read by libraries as they are imported; what the operator has set stands."""


def configure() -> None:
    """Configure this process and those that it starts."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
