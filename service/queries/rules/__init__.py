"""The rule book: editions and their cases, trials of other ones, points schemes and calculators."""
