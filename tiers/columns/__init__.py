"""What everything is worked out in: exact quantities, the four answers, sheets of columns, facts as seen on a day."""
