"""A formula → the instructions that take one vector of rows from variables to outputs.

Depends on `emitters` for what operators are, and on `predication` for what may be passed over.
"""

from collections.abc import Callable, Mapping, Sequence

from gradcli.compiler.branches import Branch
from gradcli.compiler.llvm.builder import Code, Value
from gradcli.compiler.llvm.emitters import MEANINGS
from gradcli.compiler.llvm.predication import predicated_regions
from gradcli.compiler.llvm.values import Mask, Vector, numbers, truth, where_any
from gradcli.evaluate.scalar import MEANINGS as SCALAR
from gradcli.graph.walk import dependent
from gradcli.rewriting.formula import Formula
from gradcli.rewriting.lowering import GUARDED

Operand = Vector | Mask


class Body:
    """One formula, written into `code`. `variables` are values for the names; `code.each` holds those that vary."""

    def __init__(self, formula: Formula, code: Code, variables: Mapping[str, Value]) -> None:
        self.graph, self.code, self.variables = formula.graph, code, variables
        sources = [node for name, node in formula.variables.items() if variables[name].varies]
        self.varying = dependent(self.graph, sources, len(formula.needed) - 1)
        self.regions = predicated_regions(formula, self.varying)
        self.values: dict[int, Operand] = {}
        self.write(None)
        self.outputs = [numbers(self.values[node]).value for node in formula.outputs.values()]

    def write(self, branch: Branch | None) -> None:
        """The instructions of a branch, those that are passed over in their places; None for the whole."""
        for node in self.regions[branch]:
            self.values[node] = self.operation(node) if self.graph.operands[node] else self.leaf(node)

    def leaf(self, node: int) -> Operand:
        """A variable or a constant."""
        leaf = self.graph.leaves.get(node)
        if isinstance(leaf, str):
            return Vector(self.code, self.variables[leaf])
        number = SCALAR[self.graph.operators[node]]() if leaf is None else leaf
        return Vector(self.code, self.code.constant(number))

    def operation(self, node: int) -> Operand:
        """An operator on operands; of constants, the number that the scalar interpreter gives.

        What is to be mended stays as it is: the row's mark tells the engine.
        """
        if (node, True) in self.regions or (node, False) in self.regions:
            return self.choice(node)
        operator = self.graph.operators[node]
        if operator.startswith(GUARDED):
            return self.values[self.graph.operands[node][0]]
        operands = [self.values[operand] for operand in self.graph.operands[node]]
        constants = [operand.value.number for operand in operands]
        known = [number for number in constants if number is not None]
        if len(known) == len(constants):
            return Vector(self.code, self.code.constant(SCALAR[operator](*known)))
        return MEANINGS[operator](*operands)

    def choice(self, node: int) -> Operand:
        """A `where` of which at least one branch is passed over in vectors of rows that do not take it."""
        condition, *operands = self.graph.operands[node]
        holds = truth(self.values[condition])
        branches = [((node, True), holds, operands[0]), ((node, False), ~holds, operands[1])]
        result = self.ready([operand for branch, _, operand in branches if branch not in self.regions])
        for branch, taken, operand in branches:
            if branch in self.regions:
                result = where_any(taken, self.build(branch, operand), result, varies=bool(self.varying[node]))
        return result

    def ready(self, operands: Sequence[int]) -> Vector:
        """The branch of a choice that is computed in every row; 0 if there is none."""
        return numbers(self.values[operands[0]]) if operands else Vector(self.code, self.code.constant(0.0))

    def build(self, branch: Branch, result: int) -> Callable[[], Vector]:
        """What writes a branch and gives the value of a node in it, or outside."""

        def written() -> Vector:
            self.write(branch)
            return numbers(self.values[result])

        return written
