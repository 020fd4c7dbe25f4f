"""The pages: each folder has ``layout(release, session, …)`` and ``register(app, service)``; see ``routing``."""
