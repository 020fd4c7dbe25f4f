"""The list of movers: rows, facets and filters, from the release or from bitmaps in memory."""
