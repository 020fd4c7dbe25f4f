"""The marts over many zones."""
