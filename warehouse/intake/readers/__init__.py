"""Readers of CSV, XLSX and JSON: each file becomes grids of text cells, then tables of the feed's columns."""
