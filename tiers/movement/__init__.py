"""Movement of firms as data with strict schemas: changes, signals, causes, duties and filing windows, limits."""
