"""Who may use an installation: accounts, tokens of pipelines, the pause after failed tries, the list of accesses."""
