"""Matching of names to firms: joined by a rule or a person's decision, else proposed; never joined by likeness."""
