"""The page of a graph, tried in a real browser."""
