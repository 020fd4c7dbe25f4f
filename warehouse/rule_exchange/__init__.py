"""Where the warehouse and the rules meet: facts out, verdicts and findings in, and the proof of each fact."""
