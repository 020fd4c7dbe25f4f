"""The macros of every SQL file and the functions of Python that SQL calls beside them."""
