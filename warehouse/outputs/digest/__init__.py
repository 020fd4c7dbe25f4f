"""The weekly digest: what changed since the last one, what is due, signals and late feeds, a file set per recipient."""
