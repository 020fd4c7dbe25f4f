"""Sign-in: accounts over Flask-Security, the gate before every request, OpenID Connect, tokens, a trusted proxy."""
