"""The lists of the pages as files: exactly what the address of a page filters, as CSV and as a workbook."""
