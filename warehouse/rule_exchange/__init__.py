"""The exchange with the rules: facts out, verdicts and findings in."""
