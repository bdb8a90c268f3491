"""gradcli differentiates formulas: values flow forward through a graph, gradients flow backward, every number is kept.

    import gradcli

    gradcli.value("(x*w - 2)^2", x=2, w=3)       # 16.0
    gradcli.gradient("(x*w - 2)^2", x=2, w=3)    # {"x": 24.0, "w": 16.0}
    gradcli.compile("(x*w - 2)^2")(2.0, 3.0)     # Result(value=16.0, gradient={"x": 24.0, "w": 16.0})

The house, ground floor first; a floor imports only what is below it:

    errors         what can go wrong, as data
    interrupts     what comes first where a signal ends the process
    terminal       what may go to a terminal
    time_limit     how long it may take
    kernels        functions of floats, on the standard library alone
    graph          what an expression is: nodes, walks, simplification
    operators      what mathematics exists: the table, one row an operator
    language       text -> graph, and back
    derivatives    graph -> the graph of its derivatives; the rules at kinks
    rewriting      graph -> an equivalent graph: patterns, stable forms, lowering
    evaluate       graph and bindings -> floats: one number, all of them, the gradient
    emit           graph -> text for other programs
    precision      floats that carry a bound of their error; many digits where it is too wide
    compiler       graph -> a function, in Python, NumPy or machine code
    diagnose       the kinks at a point; where a number that is not finite arose
    proof          are two formulas equal? SymPy's word, and what points say
    answers        the answer: what a command prints, and what the functions above return
    verify         verdicts on gradcli's own derivative
    claims         verdicts on a person's: which step is the first wrong one
    data           tables, as streams
    learn          what to do with a gradient
    api            the functions above
    show           for eyes and for pipes; Rich is imported here and nowhere else
    cli            the commands, a small file each; no mathematics
"""

TYPE_CHECKING = False  # the one of `typing`, which takes time to load
if TYPE_CHECKING:
    from gradcli.api import compile, gradient, trace, value  # noqa: A004 - what it does has that name
    from gradcli.compiler.function import Function
    from gradcli.compiler.result import Result
    from gradcli.errors import BindingError, GradcliError, LanguageError
    from gradcli.evaluate.gradient import Point
    from gradcli.evaluate.trace import Contribution, Trace
    from gradcli.language.program import Program, parse

__all__ = [
    "BindingError",
    "Contribution",
    "Function",
    "GradcliError",
    "LanguageError",
    "Point",
    "Program",
    "Result",
    "Trace",
    "compile",
    "gradient",
    "parse",
    "trace",
    "value",
]

_ROOMS = {
    "gradcli.api": ("compile", "gradient", "trace", "value"),
    "gradcli.errors": ("BindingError", "GradcliError", "LanguageError"),
    "gradcli.language.program": ("Program", "parse"),
    "gradcli.compiler.function": ("Function", "Result"),
    "gradcli.evaluate.gradient": ("Point",),
    "gradcli.evaluate.trace": ("Contribution", "Trace"),
}


def __getattr__(name: str) -> object:
    """A public name, loaded when it is first asked for: the command line comes by here, and has no time to lose."""
    from importlib import import_module

    for room, names in _ROOMS.items():
        if name in names:
            globals()[name] = found = getattr(import_module(room), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
