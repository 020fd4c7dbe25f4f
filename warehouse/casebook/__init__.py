"""What people state: the casebook, and what was known of it by a moment or a past run."""
