"""One SELECT a table, in ``<layer>/<table>.sql``; built in the order that their own SQL asks for."""
