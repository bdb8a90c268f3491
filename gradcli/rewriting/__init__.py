"""A graph → an equivalent one: patterns, stable forms, common denominators, negations, lowering."""
