"""The words by which a scope is written: ``zone``, ``park:CODE,CODE``, ``incubator:NAME``, ``own``."""

from warehouse.errors import BadInput

WITH_KEYS = ("park", "incubator")
WITHOUT_KEYS = ("zone", "own")


def parsed(words: str) -> tuple[str, tuple[str, ...]]:
    """Kind and keys of a scope as it is written; raises ``BadInput`` for anything else."""
    kind, _, rest = words.strip().partition(":")
    keys = tuple(dict.fromkeys(key.strip() for key in rest.split(",") if key.strip()))
    if (kind in WITHOUT_KEYS and not rest) or (kind in WITH_KEYS and keys):
        return kind, keys
    raise BadInput(
        f"范围 {words} 无法识别，请写 zone（全区）、park:代码、incubator:名称（可多个，以逗号分开）"
        "或 own（本人名下企业）",
        f"{words} is no scope: write zone, park:CODE, incubator:NAME (several by commas), or own (firms assigned)",
    )


def written(kind: str, keys: tuple[str, ...]) -> str:
    """A scope as ``parsed`` reads it."""
    return f"{kind}:{','.join(keys)}" if keys else kind
