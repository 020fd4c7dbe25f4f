"""One firm: its place, its conditions with their proof, what it holds and owes, and other figures tried out."""
