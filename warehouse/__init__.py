"""What we know: feeds, landing, loading, SQL models, checks, releases and extracts."""
