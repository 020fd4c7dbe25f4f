"""Triggers that refuse changes of a table: what was appended stays as it is, whatever SQL is run."""

from alembic import op

_REFUSAL = "tidu_refuse_change"


def refuse_changes(table: str) -> None:
    """Make the triggers of a table; to be called again after a batch that makes the table anew, which drops them."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"create or replace function {_REFUSAL}() returns trigger language plpgsql as"
            " $$ begin raise exception '%: append-only', tg_table_name; end $$"
        )
        op.execute(
            f"create trigger {table}_no_change before update or delete on {table}"
            f" for each row execute function {_REFUSAL}()"
        )
        op.execute(
            f"create trigger {table}_no_truncate before truncate on {table}"
            f" for each statement execute function {_REFUSAL}()"
        )
        return
    for act in ("update", "delete"):
        op.execute(
            f"create trigger {table}_no_{act} before {act} on {table}"
            f" begin select raise(abort, '{table}: append-only'); end"
        )
