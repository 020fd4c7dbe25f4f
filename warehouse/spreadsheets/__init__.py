"""CSV and workbooks for people who open them in a spreadsheet."""
