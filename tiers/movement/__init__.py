"""How firms move between titles, as data with strict schemas: signals, duties and filing windows, limits."""
