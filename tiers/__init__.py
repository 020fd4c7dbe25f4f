"""What the rules say: facts in, answers out; reads nothing but its own YAML."""
