"""A site: the document a browser opens, its bundles, and the pages of its table of routes."""
