"""What a number does not tell: the kinks at a point, and where a number that is not finite arose."""
