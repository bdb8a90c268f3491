"""Graph + columns → columns: the formula of a row, evaluated for millions of rows by NumPy or by machine code."""
