"""Functions that no C library gives accurately and fast enough in vectors, as machine code."""
