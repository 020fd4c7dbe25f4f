"""The dashboard: pages over the published release, Chinese first. It asks ``service`` for everything it shows."""
