"""Paper: the sheet of a firm on one page, and the pack of the Monday meeting, typeset by Typst."""
