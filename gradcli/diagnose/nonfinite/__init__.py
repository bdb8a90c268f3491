"""Numbers that are not finite: where they arose, and what to write instead."""
