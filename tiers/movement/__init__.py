"""How firms move between titles, as data with strict schemas: changes, signals, duties and filing windows, limits."""
