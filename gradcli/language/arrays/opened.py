"""A text with arrays → Program: the door between the two kinds of programs.

Depends on the modules beside it and on `gradcli.language.parsed`.
"""

from collections.abc import Iterable

from gradcli.errors import LanguageError, Source
from gradcli.language.arrays.program import ArrayProgram
from gradcli.language.arrays.scope import ArrayScope
from gradcli.language.parsed import Program, free_name
from gradcli.language.readings import AmbiguityError
from gradcli.shapes import Array, entry_name, indices, shape_text


def opened(source: Source, variables: Iterable[str]) -> tuple[Program, ArrayScope]:
    """A program with arrays, and its scope. Raises LanguageError, and LimitError for arrays that are too large."""
    try:
        read = ArrayProgram(source, variables)
    except AmbiguityError as error:
        raise error.tried(lambda text: ArrayProgram(Source(text), variables)) from None
    return _finished(read), read.scope


def _finished(read: ArrayProgram) -> Program:
    graph, outputs, shapes = read.unfolding.graph, read.outputs(), read.shapes
    variables, definitions = read.variables(), read.definitions
    known = next((name for name, node in definitions.items() if node == outputs[0]), "")
    taken = {*variables, *definitions, *shapes}
    entries: tuple[int, ...] = ()
    name = read.name or (known if len(outputs) == 1 else "") or free_name(taken)
    if isinstance(read.output, Array):
        entries, shapes = tuple(outputs), shapes | {name: read.output.shape}
    read.tell_places()
    written = len(graph)
    graph.close()
    program = Program(read.source, graph, outputs[0], name, definitions, variables, read.notices(), written, shapes)
    return program._replace(entries=entries, counted=read.unfolding.counted, texts=read.texts(name))


def not_a_number(program: Program) -> LanguageError:
    """The error for an output that is an array, where a number must be."""
    name, shape = program.name, program.arrays[program.name]
    last = entry_name(name, [*indices(shape)][-1])
    message = f"the output is an array of the shape {shape_text(shape)}; a gradient is of one number"
    hint = f"end with sum({name}), or with one entry: {last}"
    if name not in program.definitions and not any(each.startswith(f"{name}[") for each in program.definitions):
        hint = "take its sum(…), or one entry: (…)[1]"
    return LanguageError(message, hint=hint, span=program.graph.span(program.output), source=program.source)
