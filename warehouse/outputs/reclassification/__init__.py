"""The firms of a day by the rules of then and by the rules of another day, and those that differ."""
