"""Which branch of a choice alone needs each operation of a formula.

Depends on the graph. What only one branch uses is computed in that branch, or passed over where no row takes it: a
rule's rare branch costs the comparison that rules it out, and nothing more.
"""

from collections.abc import Iterator, Mapping

from gradcli.rewriting.formula import Formula

Branch = tuple[int, bool]
"""The node of a choice, and whether its condition holds."""
Path = tuple[Branch, ...]
"""The branches around an operation, the outermost first."""
Choices = Mapping[str, Mapping[int, bool]]
"""Operator → for the position of an operand that is not always taken, whether it is where the condition holds."""

WHERE: Choices = {"where": {1: True, 2: False}}


def innermost(path: Path) -> Branch | None:
    """The branch in which an operation is computed; None for what is always computed."""
    return path[-1] if path else None


def branch_paths(formula: Formula, choices: Choices, deepest: int) -> dict[int, Path]:
    """For each needed node the branches that hold all its uses, of at most so many branches in each other.

    Of where(x > 0, exp(x) + y, y) the nodes exp(x) and + are in the branch where x > 0 holds, y is in none.
    """
    graph, needed = formula.graph, formula.needed
    paths: dict[int, Path] = dict.fromkeys(formula.outputs.values(), ())
    for node in range(len(needed) - 1, -1, -1):
        if needed[node]:
            branches = choices.get(graph.operators[node], {}) if len(paths[node]) < deepest else {}
            for operand, path in _uses(node, graph.operands[node], paths[node], branches):
                paths[operand] = _common(paths.get(operand, path), path)
    return paths


def _uses(node: int, operands: tuple[int, ...], path: Path, branches: Mapping[int, bool]) -> Iterator[tuple[int, Path]]:
    """The operands of a node, each with the path of its use."""
    for position, operand in enumerate(operands):
        yield operand, (*path, (node, branches[position])) if position in branches else path


def _common(one: Path, other: Path) -> Path:
    """The branches around both."""
    if one == other:
        return one
    depth = 0
    while one[: depth + 1] == other[: depth + 1]:
        depth += 1
    return one[:depth]
