"""Rows of a table: the command, what it was asked, and how it runs."""
