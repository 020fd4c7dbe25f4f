"""Kinds of statements about names and links of firms.

| kind | subject                                                        | content  |
|------|----------------------------------------------------------------|----------|
| join | ``name:`` normalised name, or ``row:`` delivery/sheet/row       | {firm}   |
| part | the same                                                       | {firm}   |
| link | ``link:`` firm/other/kind                                       | {firm, other, kind, on} |

A link records a merger, a split or a succession of firms, with its day. A statement on a row has precedence over one on
a name, and a statement over every rule. A withdrawn statement has no effect.
"""

JOIN, PART, LINK = "join", "part", "link"
KINDS = (JOIN, PART, LINK)
LINKS = ("merged_into", "split_from", "successor", "same_as")
"""Relations of a firm to another: merged into it, split from it, its successor, or the same firm under two keys."""
