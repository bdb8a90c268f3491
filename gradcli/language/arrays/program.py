"""A program with arrays: text → Program, whose variables, definitions and output may be entries.

Depends on the modules beside it; `gradcli.language.program` hands a text down here.
"""

from collections.abc import Iterable, Iterator, Mapping

from gradcli.errors import BindingError, LanguageError, Notice, Source
from gradcli.graph.graph import VARIABLE, PausedCollector
from gradcli.graph.walk import reachable
from gradcli.language.arrays.meanings import MEANINGS
from gradcli.language.arrays.recurrences import Recurrence
from gradcli.language.arrays.scope import ArrayScope
from gradcli.language.arrays.state import Value
from gradcli.language.arrays.statements import ArrayStatements, Declared, Definition, Entries
from gradcli.language.arrays.steps import check_steps
from gradcli.language.arrays.unfolding import Meaning, Unfolding
from gradcli.language.names import whole_number
from gradcli.language.statements import is_latex, named
from gradcli.language.typed_text import statements
from gradcli.shapes import Array, Shape, entry_name, gathered, indices, shape_text


class ArrayProgram:
    """A text with arrays that was read: its graph, and what its names are.

    unfolding    the scalar graph
    output       the value of the last statement
    name         its name, "" for none
    definitions  name -> node, of numbers and of entries
    arrays       name -> shape, of variables and of definitions
    values       name -> what a definition of it is
    """

    def __init__(self, source: Source, variables: Iterable[str]) -> None:
        self.source, shapes = source, gathered(variables)
        given: Mapping[str, object] = variables if isinstance(variables, Mapping) else dict.fromkeys(variables)
        self.scope = ArrayScope(source, {**given, **dict.fromkeys(shapes)})
        with PausedCollector():
            self.read = ArrayStatements(source, self.scope).read()
            numbers = self._numbers(self.read)
            self.unfolding = Unfolding(source, self.scope, shapes, numbers, meanings_in(source.text))
            for name in (*numbers, *self.scope.bounds):  # it is used, though nothing is differentiated by it
                self.unfolding.graph.variable(name, *self._place(name))
            self.definitions: dict[str, int] = {}
            self.arrays: dict[str, Shape] = {}
            self.values: dict[str, Value] = {}
            self._unfold()

    # -- names that are indices

    def _numbers(self, read: ArrayStatements) -> dict[str, int]:
        """The names that are indices, or sizes of shapes, and the whole numbers that are bound to them."""
        found: dict[str, int] = {}
        for name, node in self._index_names(read).items():
            number = whole_number(self.scope.values.get(name))
            if number is not None and name not in self.scope.definitions:
                found[name] = number
                said = f"`{name}` is an index or a size here: the whole number {number}, and no variable"
                self.scope.read_as(said, self.scope.graph.span(node) or (0, 0))
        return found

    def _place(self, name: str) -> tuple[int, int]:
        """Where a name is written first."""
        return self.scope.graph.span(self.scope.graph.variable(name)) or (0, 0)

    def _index_names(self, read: ArrayStatements) -> dict[str, int]:
        """The names in indices, ranges, axes and shapes, and their nodes."""
        graph, roots = self.scope.graph, list[int]()
        for at, operator in enumerate(graph.operators):
            if operator in ("range", "axis"):
                roots.extend(graph.operands[at])
            elif operator == "index":
                roots.extend(graph.operands[at][1:])
        for statement in read.found:
            if isinstance(statement, Entries | Declared):
                roots.extend(statement.indices if isinstance(statement, Entries) else statement.sizes)
        flags = reachable(graph, roots)
        return {name: at for name, at in graph.variables().items() if at < len(flags) and flags[at]}

    # -- statements, one after the other

    def _unfold(self) -> None:
        for statement in self.read.found:
            if isinstance(statement, Declared):
                self._declare(statement)
            elif isinstance(statement, Entries):
                self._define_entries(statement)
            else:
                self._define(statement)
        self.output = self.unfolding.value(self.read.output)
        self.name = self.read.name

    def _declare(self, statement: Declared) -> None:
        """x: [3] says a shape, x: [n] names a size that a binding gives."""
        name, nodes, span = statement
        unfolding, given = self.unfolding, self.unfolding.shapes.get(name)
        unfolding.static.follow()
        if given and len(given) != len(nodes):
            raise self._not_as_declared(statement, given)
        sizes = [self._size(statement, node, given[place] if given else None) for place, node in enumerate(nodes)]
        shape = tuple(sizes)
        if given and given != shape:
            raise self._not_as_declared(statement, given)
        if any(isinstance(each, Definition) and each.name == name for each in self.read.found):
            raise self._error(f"`{name}` is defined, and declared too", "leave the declaration out", span)
        if name in unfolding.free:
            raise self._error(f"`{name}` is used before its shape is declared", "move the shape up", span)
        unfolding.shapes[name] = shape
        unfolding.origins.setdefault(name, "declared")

    def _size(self, statement: Declared, node: int, given: int | None) -> int:
        """A size; a name that has none yet gets that of the binding."""
        unfolding, static = self.unfolding, self.unfolding.static
        graph = self.scope.graph
        name = str(graph.leaves[node]) if graph.operators[node] == VARIABLE else ""
        if name and name not in static.known and name not in self.scope.definitions:
            if given is None:
                hint = f"bind {name}=3, or give {statement.name} its entries"
                raise unfolding.error(f"the size `{name}` of `{statement.name}` is not known", hint, node)
            static.learn(name, given)
        size = unfolding.whole(node, "a size", node)
        if size < 1:
            raise unfolding.error(f"a size is 1 or more, and this one is {size}", "write [3]", node)
        return size

    def _not_as_declared(self, statement: Declared, given: Shape) -> BindingError:
        name = statement.name
        declared = " ".join(self.source.text[slice(*statement.span)].split())
        message = f"`{name}` is bound with the shape {shape_text(given)}, and declared as `{declared}`"
        hint = "give it that shape, or leave the declaration out"
        return BindingError(message, hint=hint, span=statement.span, source=self.source)

    def _define_entries(self, statement: Entries) -> None:
        name, nodes, body, loops, span = statement
        unfolding = self.unfolding
        if name not in unfolding.recurrences:
            unfolding.recurrences[name] = Recurrence(name, self.source)
            unfolding.origins[name] = "defined"
        unfolding.static.follow()
        recurrence = unfolding.recurrences[name]
        if loops:
            check_steps(unfolding, loops, body)
        for _ in unfolding.runs(loops):
            index = tuple(unfolding.whole(node, "an index", node) for node in nodes)
            value = self._named(entry_name(name, index), unfolding.value(body), span)
            recurrence.define(index, value, span)

    def _define(self, statement: Definition) -> None:
        name, node, span = statement
        value = self._named(name, self.unfolding.value(node), span)
        self.unfolding.values[node] = self.values[name] = value
        if isinstance(value, Array):
            self.arrays[name] = value.shape
            self.unfolding.origins[name] = "defined"

    def _named(self, name: str, value: Value, span: tuple[int, int]) -> Value:
        """A value with its name, and the names of its entries: h[2] may be an array itself, as h[2,1] is one of it."""
        if not isinstance(value, Array):
            return self._known(name, value, span)
        before = name.rstrip("]") + "," if name.endswith("]") else f"{name}["
        entries = [
            self._known(f"{before}{','.join(map(str, index))}]", entry, span)
            for index, entry in zip(indices(value.shape), value.entries, strict=True)
        ]
        return Array(value.shape, entries)

    def _known(self, name: str, node: int, span: tuple[int, int]) -> int:
        node = named(self.unfolding.graph, node, name, span)
        self.definitions[name] = node
        return node

    def _error(self, message: str, hint: str, span: tuple[int, int]) -> LanguageError:
        return LanguageError(message, hint=hint, span=span, source=self.source)

    # -- the whole

    @property
    def shapes(self) -> dict[str, Shape]:
        """All arrays that the text has, and their shapes."""
        whole = {
            name: it.whole((0, 0)).shape
            for name, it in self.unfolding.recurrences.items()
            if it.is_closed or it.is_whole
        }
        return {**self.unfolding.shapes, **self.arrays, **whole}

    def outputs(self) -> list[int]:
        """The nodes of the output: one, or those of its entries."""
        return [*self.output.entries] if isinstance(self.output, Array) else [self.output]

    def variables(self) -> dict[str, int]:
        """The variables on which the output depends; of an array all entries, if it depends on one."""
        graph = self.unfolding.graph
        outputs = self.outputs()
        needed = reachable(graph, outputs)
        used = {name: node for name, node in graph.variables().items() if node < len(needed) and needed[node]}
        arrays = {name for name in self.unfolding.shapes if any(each in used for each in self._entries(name))}
        whole = {each for name in arrays for each in self._entries(name)}
        return {name: node for name, node in graph.variables().items() if name in used or name in whole}

    def _entries(self, name: str) -> Iterator[str]:
        return (entry_name(name, index) for index in indices(self.unfolding.shapes[name]))

    def notices(self) -> tuple[Notice, ...]:
        """What the language has to say: how it was read, and what the output does not depend on."""
        needed = reachable(self.unfolding.graph, self.outputs())
        flags: dict[str, list[int]] = {}
        for name, node in self.definitions.items():
            flags.setdefault(name.partition("[")[0], []).append(node < len(needed) and needed[node])
        said = "is defined but the output does not depend on it"
        unused = [name for name, them in flags.items() if not any(them)]
        places = {statement.name: statement.span for statement in self.read.found}
        return (*self.scope.notices, *(Notice("unused", f"`{name}` {said}", None, places.get(name)) for name in unused))

    def texts(self, output: str) -> dict[str, str]:
        """What each definition is, as typed; the statements of one that is defined entry by entry. And the output."""
        found: dict[str, list[str]] = {}
        for statement in self.read.found:
            typed = next(statements(self.source.text, statement.span[0]))
            if isinstance(statement, Definition):
                found[statement.name] = [typed.partition("=")[2].strip()]
            elif isinstance(statement, Entries):
                found.setdefault(statement.name, []).append(typed)
        found.setdefault(output, [*statements(self.source.text)][-1:])
        return {name: "; ".join(texts) for name, texts in found.items()}

    def tell_places(self) -> None:
        """Tell the scalar graph all places in the text that mean one of its nodes."""
        written, graph, values = self.scope.graph, self.unfolding.graph, self.unfolding.values
        places = written.places
        for node, start, end in zip(places[::3], places[1::3], places[2::3], strict=True):
            value = values.get(node)
            if isinstance(value, int):
                graph.place(value, start, end)


def meanings_in(text: str) -> Mapping[str, Meaning]:
    """What operators are: those of LaTeX too in a text that is LaTeX."""
    if not is_latex(text):
        return MEANINGS
    from gradcli.language.arrays.side_by_side import IN_LATEX  # few texts with arrays are LaTeX

    return IN_LATEX
