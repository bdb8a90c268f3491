"""Is a graph well formed? The invariants that every stage relies on."""

from collections.abc import Iterator

from gradcli.graph.graph import CONSTANT, VARIABLE, Graph


def violations(graph: Graph) -> list[str]:
    """What is wrong with a graph, a sentence each; nothing where it is well formed."""
    return [*_columns(graph), *_order(graph), *_leaves(graph), *_twins(graph)]


def _columns(graph: Graph) -> Iterator[str]:
    if len(graph.operators) != len(graph.operands):
        yield f"{len(graph.operators)} operators, but {len(graph.operands)} lists of operands"
    for column, nodes in (("leaves", graph.leaves), ("names", graph.names)):
        yield from (f"{column} tell of node {node}, which does not exist" for node in nodes if node >= len(graph))


def _order(graph: Graph) -> Iterator[str]:
    for node, operands in enumerate(graph.operands):
        yield from (f"node {node} refers to node {it}" for it in operands if not 0 <= it < node)


def _leaves(graph: Graph) -> Iterator[str]:
    for node, operator in enumerate(graph.operators):
        expected = {CONSTANT: float, VARIABLE: str}.get(operator)
        found = type(graph.leaves[node]) if node in graph.leaves else None
        if found is not expected:
            yield f"node {node}, {operator}, carries {found}"
        if expected and graph.operands[node]:
            yield f"node {node} is a leaf and has operands"


def _twins(graph: Graph) -> Iterator[str]:
    seen: dict[object, int] = {}
    for node, operator in enumerate(graph.operators):
        leaf = graph.leaves.get(node)
        key = (operator, graph.operands[node], repr(leaf), graph.names.get(node) if operator == CONSTANT else None)
        if seen.setdefault(key, node) != node:
            yield f"nodes {seen[key]} and {node} are the same"
