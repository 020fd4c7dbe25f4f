"""What the terminal shows of those answers."""
