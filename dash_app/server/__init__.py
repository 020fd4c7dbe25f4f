"""How the dashboard is served: what is refused, how it is logged, gunicorn."""
