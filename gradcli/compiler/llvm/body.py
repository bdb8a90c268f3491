"""A formula → the instructions that take one vector of rows from variables to outputs.

Depends on `meanings.py` for what operators are, and on `regions.py` for what may be passed over.
"""

from collections.abc import Callable, Mapping

from gradcli.compiler.llvm.builder import Code, Value
from gradcli.compiler.llvm.emitters import MEANINGS
from gradcli.compiler.llvm.predication import WHOLE, regions
from gradcli.compiler.llvm.values import Mask, Vector, numbers, truth, where_any
from gradcli.evaluate.scalar import MEANINGS as SCALAR
from gradcli.graph.walk import dependent
from gradcli.rewriting.formula import Formula
from gradcli.rewriting.lowering import MENDED

Operand = Vector | Mask


class Body:
    """One formula, written into `code`. `variables` are values for the names; `code.each` holds those that vary."""

    def __init__(self, formula: Formula, code: Code, variables: Mapping[str, Value]) -> None:
        self.graph, self.code, self.variables = formula.graph, code, variables
        needed, outputs = formula.needed, list(formula.outputs.values())
        sources = [node for name, node in formula.variables.items() if variables[name].varies]
        self.varying = dependent(self.graph, sources, len(needed) - 1)
        self.regions = regions(self.graph, needed, outputs, self.varying)
        self.values: dict[int, Operand] = {}
        self.write(WHOLE)
        self.outputs = [numbers(self.values[node]).value for node in outputs]

    def write(self, region: int) -> None:
        """The instructions of a region, arms that are passed over in their places."""
        for node in self.regions.members[region]:
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
        if (node, 1) in self.regions.arms or (node, 2) in self.regions.arms:
            return self.choice(node)
        operator = self.graph.operators[node]
        if operator.startswith(MENDED):
            return self.values[self.graph.operands[node][0]]
        operands = [self.values[operand] for operand in self.graph.operands[node]]
        constants = [operand.value.number for operand in operands]
        known = [number for number in constants if number is not None]
        if len(known) == len(constants):
            return Vector(self.code, self.code.constant(SCALAR[operator](*known)))
        return MEANINGS[operator](*operands)

    def choice(self, node: int) -> Operand:
        """A `where` of which at least one arm is passed over in vectors of rows that do not take it."""
        condition = truth(self.values[self.graph.operands[node][0]])
        result = self.ready_arm(node)
        for position, taken in ((1, condition), (2, ~condition)):
            region, operand = self.regions.arms.get((node, position)), self.graph.operands[node][position]
            if region is not None:
                result = where_any(taken, self.build(region, operand), result, varies=bool(self.varying[node]))
        return result

    def ready_arm(self, node: int) -> Vector:
        """The arm of a choice that is computed in every row; 0 if there is none."""
        ready = [
            self.graph.operands[node][position] for position in (1, 2) if (node, position) not in self.regions.arms
        ]
        return numbers(self.values[ready[0]]) if ready else Vector(self.code, self.code.constant(0.0))

    def build(self, region: int, result: int) -> Callable[[], Vector]:
        """What writes a region and gives the value of a node in it, or outside."""

        def written() -> Vector:
            self.write(region)
            return numbers(self.values[result])

        return written
