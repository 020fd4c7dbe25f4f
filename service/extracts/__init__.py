"""The workbook of an incubator: its tenants, what to do for each, what changed since the last delivery; the log."""
