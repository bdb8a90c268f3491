"""gradcli differentiates formulas: values flow forward through a graph, gradients flow backward, every number is kept.

    import gradcli

    gradcli.value("(x*w - 2)^2", x=2, w=3)       # 16.0
    gradcli.gradient("(x*w - 2)^2", x=2, w=3)    # {"x": 24.0, "w": 16.0}
    gradcli.compile("(x*w - 2)^2")(2.0, 3.0)     # Result(value=16.0, gradient={"x": 24.0, "w": 16.0})

The public face:

    value, gradient, value_and_gradient   the numbers that the commands print
    answer                                all that they print: notices, kinks, digits, nodes
    trace                                 every value, adjoint and contribution
    check, rules                          verdicts; the operator table
    parse, compile                        a formula to be used often: from anywhere, on arrays
    Answer, Contribution, Function, Operator, Point, Program, Result, Trace       what these give
    BindingError, GradcliError, LanguageError, LimitError, UsageError             what they raise

The house, ground floor first; a floor imports only what is below it:

    excerpts       where something stands in a text: its line, with carets
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
    emit           graph -> text for other programs: LaTeX, and HTML for notebooks
    evaluate       graph and bindings -> floats: one number, all of them, the gradient
    precision      floats that carry a bound of their error; many digits where it is too wide
    compiler       graph -> a function, in Python, NumPy or machine code
    diagnose       the kinks at a point; where a number that is not finite arose
    proof          are two formulas equal? SymPy's word, and what points say
    answers        the answer: what a command prints, and what the functions above return
    verify         verdicts on gradcli's own derivative
    claims         verdicts on a person's: which step is the first wrong one
    data           tables, as streams
    learn          what to do with a gradient
    face           the functions above: what they are given, and what they give back
    show           for eyes and for pipes; Rich is imported here and nowhere else
    cli            the commands, a small file each; no mathematics
"""

TYPE_CHECKING = False  # the one of `typing`, which takes time to load
if TYPE_CHECKING:
    from gradcli.answers import Answer
    from gradcli.compiler.function import Function
    from gradcli.compiler.result import Result
    from gradcli.errors import BindingError, GradcliError, LanguageError, LimitError, UsageError
    from gradcli.evaluate.gradient import Point
    from gradcli.evaluate.trace import Contribution, Trace
    from gradcli.face.api import (
        answer,
        check,
        compile,  # noqa: A004 - what it does has that name
        gradient,
        rules,
        trace,
        value,
        value_and_gradient,
    )
    from gradcli.face.programs import Program, parse
    from gradcli.operators.row import Operator

    __version__: str

_ROOMS = {
    "gradcli.answers": ("Answer",),
    "gradcli.face.api": ("answer", "check", "compile", "gradient", "rules", "trace", "value", "value_and_gradient"),
    "gradcli.errors": ("BindingError", "GradcliError", "LanguageError", "LimitError", "UsageError"),
    "gradcli.face.programs": ("Program", "parse"),
    "gradcli.compiler.function": ("Function",),
    "gradcli.compiler.result": ("Result",),
    "gradcli.evaluate.gradient": ("Point",),
    "gradcli.evaluate.trace": ("Contribution", "Trace"),
    "gradcli.operators.row": ("Operator",),
}

__all__ = [
    "Answer",
    "BindingError",
    "Contribution",
    "Function",
    "GradcliError",
    "LanguageError",
    "LimitError",
    "Operator",
    "Point",
    "Program",
    "Result",
    "Trace",
    "UsageError",
    "answer",
    "check",
    "compile",
    "gradient",
    "parse",
    "rules",
    "trace",
    "value",
    "value_and_gradient",
]


def __getattr__(name: str) -> object:
    """A public name, loaded when it is first asked for: the command line comes by here, and has no time to lose."""
    from importlib import import_module

    if name == "__version__":
        globals()[name] = version = import_module("importlib.metadata").version("gradcli")
        return version
    for room, names in _ROOMS.items():
        if name in names:
            globals()[name] = found = getattr(import_module(room), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
