"""What people ask of what is published: evidence, trial, impact, step, scores, duties; answers are data."""
