"""Arrays in the language: text → the same scalar graph, whose names have indices.

A text is parsed to a graph of what is written (`grammar`, `statements`), whose nodes may be arrays, and that graph is
interpreted over the nodes of the scalar graph (`unfolding`): one graph, another interpretation.
Depends on the rest of the language, which hands a text down here where it has arrays.
"""
