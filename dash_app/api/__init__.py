"""The HTTP interface ``/api/v1`` for other systems, which ``openapi.yml`` describes."""
