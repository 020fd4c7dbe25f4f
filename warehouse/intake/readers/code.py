"""Validation of unified social credit codes (GB 32100-2015) as a Polars expression."""

import polars as pl

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def uscc_state(code: pl.Expr) -> pl.Expr:
    """``ok``, ``missing``, ``legacy`` (a registration or organisation code), ``other_scheme``, or ``bad_check``.

    ``other_scheme`` has eighteen characters and begins with a letter; A, N and Y are issuing authorities of GB 32100.
    """
    is_shaped = code.str.contains(f"^[{ALPHABET}]{{18}}$")
    values = [code.str.slice(at, 1).replace_strict(_VALUES, default=0, return_dtype=pl.Int32) for at in range(18)]
    weighted = pl.sum_horizontal([values[at] * weight for at, weight in enumerate(WEIGHTS)])
    has_check = values[17] == (31 - weighted % 31) % 31
    return (
        pl.when(code.is_null())
        .then(pl.lit("missing"))
        .when(is_shaped & has_check)
        .then(pl.lit("ok"))
        .when(code.str.contains(r"^\d{15}$") | code.str.contains(r"^[0-9A-Z]{8}-?[0-9X]$"))
        .then(pl.lit("legacy"))
        .when(code.str.contains(r"^[B-MO-XZ][0-9A-Z]{17}$"))
        .then(pl.lit("other_scheme"))
        .otherwise(pl.lit("bad_check"))
    )
