"""Are two formulas equal? SymPy's word, and what points say where it has none."""
