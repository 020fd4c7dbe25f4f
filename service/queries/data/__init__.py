"""The questions of the page of data: deliveries, what waits for a person, and what was made of it."""

from service.queries.data.queries import DataQueries as DataQueries
