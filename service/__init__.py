"""The questions and decisions that the command line, the pages and HTTP routes share."""
