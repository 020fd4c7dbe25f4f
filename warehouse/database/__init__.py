"""The only way to DuckDB: builds, releases for reading, their memory and their errors."""
