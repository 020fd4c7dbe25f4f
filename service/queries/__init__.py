"""Questions that commands, pages and HTTP routes ask of releases and of the casebook: functions that return data."""
