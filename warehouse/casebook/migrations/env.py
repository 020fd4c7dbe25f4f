"""What Alembic runs: the revisions upon the connection of ``migrate``, whose transaction holds them all."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
