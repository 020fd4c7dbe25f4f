"""What holding a designation is worth under tax law: reliefs by year, and their yuan for one firm."""
