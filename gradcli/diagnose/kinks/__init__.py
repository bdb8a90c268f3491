"""Points at which a derivative jumps: which kinks are active, and what holds on either side."""
