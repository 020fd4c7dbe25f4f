"""Who may use an installation: accounts, tokens, failed attempts, and the list of accesses with a chain of its own."""
