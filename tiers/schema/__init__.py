"""How rules are read: editions, facts, ladder and dated terms from YAML into frozen models, with file and line."""
