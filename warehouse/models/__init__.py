"""One SELECT a table, in ``<layer>/<table>.sql``; built in the order that follows from their SQL."""
