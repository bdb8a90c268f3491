"""Straight Python: a function written for one formula, and an engine that calls it row by row."""
