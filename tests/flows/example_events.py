"""Events of the pool and of services that examples of commands ask for, about the firm that examples name first."""

from datetime import datetime

from service.decisions import pool, services_given
from service.decisions.services_given import Gap
from service.decisions.signed import Signed
from service.queries.cases.pool_situations import Act
from warehouse.home import Home
from warehouse.release.releases import Published


def number(home: Home, command: str, now: datetime) -> int:
    """The number of the event that the command is about; 0 for commands about none."""
    if command not in ("pool history", "pool undo", "services outcome", "services undo"):
        return 0
    firm = Published(home).rows("select firm_id from mart_movers__firms order by firm_id limit 1")[0]["firm_id"]
    writer = Signed("王", "试", now)
    if command.startswith("pool"):
        return pool.take_step(home, firm, "nominate", "gazelle", Act("local", now.date()), writer).seq
    return services_given.give(home, firm, "rd_accounting", now.date(), Gap(), writer).seq
