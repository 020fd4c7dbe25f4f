"""The wording of rules and verdicts in Chinese and English."""
