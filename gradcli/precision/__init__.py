"""Floats that carry a bound of their error; many digits where that bound is too wide."""
