"""Validation of unified social credit codes (GB 32100-2015) as a Polars expression."""

import polars as pl

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_LENGTH = len(WEIGHTS) + 1
_WEIGHTS = pl.Series([[*WEIGHTS, 1]], dtype=pl.Array(pl.Int32, _LENGTH))
_SHAPE = f"^[{ALPHABET}]{{{_LENGTH}}}$"
_VALUES = pl.Series([max(ALPHABET.find(chr(byte)), 0) for byte in range(1 << 8)], dtype=pl.Int32)
"""The value of each letter by its byte; 0 of bytes that no code has."""


_FULL_WIDTH = "（）\uff3b\uff3d【】，．：；－　" + "".join(chr(0xFF10 + at) for at in range(10))
_HALF_WIDTH = "()[][],.:;- 0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_TO_HALF = dict(zip(_FULL_WIDTH, _HALF_WIDTH, strict=True)) | {chr(ord(letter) + 0xFEE0): letter for letter in _LETTERS}
_NO_PART = r"""[\p{Z}\p{Cc}\p{Cf}\p{Pd}\x{2212}\x{2018}\x{2019}\x{201c}\x{201d}`'"=]|^[.,:;。、]+"""
"""Blanks, invisible signs, hyphens of every kind, quotes, the sign of a formula, and punctuation before a code."""
_MISSING = ("", "/", "无", "暂无", "不详", "未知", "N/A", "NA", "NONE", "NULL")


def clean_uscc(written: pl.Expr) -> pl.Expr:
    """A credit code as it is checked, null where it is missing; the macro ``clean_uscc`` cleans in the same way."""
    half = written.str.replace_many(_TO_HALF).str.to_uppercase()
    code = half.str.replace_all(_NO_PART, "").str.replace(r"^(\d+)\.0+$|^第([0-9A-Z-]+)号$|[.,:;。、]+$", "${1}${2}")
    return pl.when(~code.is_in(_MISSING)).then(code)


def uscc_state(written: pl.Expr) -> pl.Expr:
    """``ok``, ``missing``, ``legacy`` (a registration or organisation code), ``other_scheme``, or ``bad_check``.

    ``other_scheme`` has eighteen characters and begins with a letter; A, N and Y are issuing authorities of GB 32100.
    """
    return written.map_batches(_states, return_dtype=pl.String, is_elementwise=True)


def _states(written: pl.Series) -> pl.Series:
    """In steps, since an expression is worked out anew at each place where it stands; few codes need cleaning."""
    code = pl.col("code")
    is_shaped = code.str.contains(_SHAPE)
    shaped = pl.DataFrame({"code": written}).with_columns(is_shaped=is_shaped)
    others = shaped.with_row_index("at").filter(~pl.col("is_shaped")).select("at", code=clean_uscc(code))
    if others.height:
        codes = written.scatter(others["at"], others["code"])
        shaped = pl.DataFrame({"code": codes}).with_columns(is_shaped=is_shaped)
    states = shaped.with_columns(has_check=pl.col("is_shaped") & _has_check(code)).select(
        pl.when(code.is_null())
        .then(pl.lit("missing"))
        .when("has_check")
        .then(pl.lit("ok"))
        .when(code.str.contains(r"^\d{15}$") | code.str.contains(r"^[0-9A-Z]{8}-?[0-9X]$"))
        .then(pl.lit("legacy"))
        .when(code.str.contains(r"^[B-MO-XZ][0-9A-Z]{17}$"))
        .then(pl.lit("other_scheme"))
        .otherwise(pl.lit("bad_check"))
    )
    return states.to_series().alias(written.name)


def _has_check(code: pl.Expr) -> pl.Expr:
    """Whether the last letter is the check letter of the others: all, weighted, add to 0; for codes of the shape."""
    eighteen = pl.when("is_shaped").then(code).otherwise(pl.lit("0" * _LENGTH))
    letters = eighteen.cast(pl.Binary).bin.reinterpret(dtype=pl.Array(pl.UInt8, _LENGTH), endianness="little")
    values = pl.lit(_VALUES).gather(letters.explode()).reshape((-1, _LENGTH))
    return (values * pl.lit(_WEIGHTS)).arr.sum() % len(ALPHABET) == 0
