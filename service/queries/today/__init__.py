"""The page of today and the Monday pack."""
