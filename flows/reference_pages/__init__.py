"""Pages made from the definitions: the rule catalogue and the quality rules; Markdown, both languages."""
