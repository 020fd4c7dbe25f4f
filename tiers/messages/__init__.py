"""Rules and verdicts in words, in both languages."""
