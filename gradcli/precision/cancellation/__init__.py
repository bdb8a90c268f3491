"""A graph without what cancels whatever the numbers are: where enclosures of any width tell nothing, algebra does.

`forms` are exact sums of products of powers; `powers` and `laws` say what the form of a result is. `nodes` is the new
graph, with all that is known of it, `choices` decides what is chosen all around, `rewriting` writes a graph anew, and
`anew` the derivatives with it.
"""
