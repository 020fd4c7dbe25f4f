"""What ``reliefs.yml`` holds, as frozen models; unknown keys are errors."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from tiers.schema.condition import Confidence, Value
from tiers.schema.strict import Strict

Percent = Annotated[Fraction, BeforeValidator(lambda number: Fraction(str(number)) / 100)]


class RdShare(Strict):
    """From a day on: the share of R&D that is deducted on top."""

    from_: date = Field(alias="from")
    percent: Percent
    document: str


class LossYears(Strict):
    """For how many years a loss is carried forward; extended where one of the years looked at has the status."""

    usual: int
    extended: int
    back_years: int
    counts_from: int
    document: str


class ReducedRate(Strict):
    """The rate of the holders of one designation."""

    designation: str
    percent: Percent


class IncomeTax(Strict):
    """The rates of enterprise income tax."""

    standard: Percent
    reduced: ReducedRate
    document: str


class TaxBand(Strict):
    """The share taken of the income up to an amount."""

    up_to: Value
    percent: Percent


class SmallFirmYear(Strict):
    """The bands of small low-profit firms from a year on."""

    from_: int = Field(alias="from")
    bands: tuple[TaxBand, ...] = Field(min_length=1)
    document: str


class SmallFirmLimits(Strict):
    """The largest firm that counts as small."""

    income: Value
    staff: Value
    assets: Value


class SmallFirm(Strict):
    """The relief of small low-profit firms."""

    limits: SmallFirmLimits
    years: tuple[SmallFirmYear, ...] = Field(min_length=1)
    last_year: int


class TechTransfer(Strict):
    """Income from transferring technology: exempt up to an amount, then taxed at this share."""

    exempt: Value
    percent: Percent
    document: str


class Relief(Strict):
    """A relief tied to designations; ``how`` names the estimate of its worth, ``rd_kind`` the R&D share it rests on."""

    id: str
    of: tuple[str, ...] = Field(min_length=1)
    from_: date = Field(alias="from")
    to: date | None = None
    how: Literal["reduced_rate", "longer_losses", "super_deduction"] | None = None
    rd_kind: str | None = None
    zh: str
    en: str
    document: str
    confidence: Confidence


class Benefits(Strict):
    """The whole file."""

    rd_extra: dict[str, tuple[RdShare, ...]]
    loss_years: LossYears
    income_tax: IncomeTax
    small_firm: SmallFirm
    tech_transfer: TechTransfer
    reliefs: tuple[Relief, ...]
