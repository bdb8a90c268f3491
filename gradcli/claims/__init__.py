"""Verdicts on a person's derivative: what is claimed, whether it is right, and the first wrong step."""
