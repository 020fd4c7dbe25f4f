"""Kinds of statements about names and links of firms.

| kind | subject                                                        | content  |
|------|----------------------------------------------------------------|----------|
| join | ``name:`` normalised name, or ``row:`` delivery/sheet/row       | {firm}   |
| part | the same                                                       | {firm}   |
| link | ``link:`` firm/other/kind                                       | {firm, other, kind, on} |

A link tells of a merger, a split or a succession of firms, with its day. A row stands before a name, and what a person
said before every rule. Withdrawn, things are as they were before.
"""

JOIN, PART, LINK = "join", "part", "link"
KINDS = (JOIN, PART, LINK)
LINKS = ("merged_into", "split_from", "successor", "same_as")
"""What a firm may be to another: it went into it, came out of it, follows it, or is the same person under two keys."""
