"""Alerts: few, each with what to do, to whom it concerns, no more often than its rhythm, and never twice."""
