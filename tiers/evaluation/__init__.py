"""Every edition for every firm in one pass: conditions, measures and scores as columns."""
