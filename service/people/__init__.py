"""Who may use an installation: accounts, tokens of pipelines, the pause after failed attempts, the list of accesses."""
