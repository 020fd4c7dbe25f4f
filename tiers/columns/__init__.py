"""Building blocks of evaluation: exact quantities, the four answers, sheets of columns, facts relative to a day."""
