"""From a delivered file to rows of text: feeds, landing, readers, load."""
