"""The work on firms: cases, the pool, services, what is due, and corrections."""
