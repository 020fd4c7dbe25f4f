"""Databases in memory with a few of our macros: all of them cost more than what is asked of these."""

from warehouse.database.build import Build
from warehouse.database.macros.functions import macro_sql


class Names(Build):
    """A database in memory with the macros that compare names; all macros cost more than the comparison."""

    def _prepare(self) -> None:
        from warehouse.database.macros.name_patterns import create_pattern_macros  # Polars and the gazetteer

        create_pattern_macros(self._connection)
        self.execute(macro_sql("core_name"))


class Shares(Build):
    """A database in memory with the macro of intervals alone: all macros cost more than what is counted over zones."""

    def _prepare(self) -> None:
        self.execute(macro_sql("wilson_bound"))
