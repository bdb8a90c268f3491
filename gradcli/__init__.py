"""gradcli differentiates formulas: values flow forward through a graph, gradients flow backward, every number is kept.

    import gradcli

    gradcli.value("(x*w - 2)^2", x=2, w=3)       # 16.0
    gradcli.gradient("(x*w - 2)^2", x=2, w=3)    # {"x": 24.0, "w": 16.0}
    gradcli.compile("(x*w - 2)^2")(2.0, 3.0)     # Result(value=16.0, gradient={"x": 24.0, "w": 16.0})

The public face:

    value, gradient, value_and_gradient   the numbers that the commands print
    answer                                all that they print: notices, kinks, digits, nodes
    trace                                 every value, adjoint and contribution
    explain                               both passes in words and numbers
    check, rules                          verdicts; the operator table
    parse, compile                        a formula to be used often: from anywhere, on arrays
    Answer, Contribution, Function, Operator, Point, Program, Result, Trace       what these give
    BindingError, GradcliError, LanguageError, LimitError, UsageError             what they raise

The house, ground floor first; a floor imports only what is below it:

    excerpts       where something stands in a text: its line, with carets
    errors         what can go wrong, and the kinds of notices, as data
    interrupts     what comes first where a signal ends the process
    letters        what a name is made of
    shapes         arrays, as names with indices
    terminal       what may go to a terminal
    time_limit     how long it may take
    kernels        functions of floats, on the standard library alone
    graph          what an expression is: nodes, walks, simplification
    operators      what mathematics exists: the table, one row an operator
    language       text -> graph, and back
    derivatives    graph -> the graph of its derivatives; the rules at kinks
    rewriting      graph -> an equivalent graph: patterns, stable forms, lowering
    emit           graph -> text for other programs: LaTeX, JavaScript, and HTML for notebooks
    evaluate       graph and bindings -> floats: one number, all of them, the gradient
    precision      floats that carry a bound of their error; many digits where it is too wide
    compiler       graph -> a function, in Python, NumPy or machine code
    diagnose       the kinks at a point; where a number that is not finite arose
    proof          are two formulas equal? SymPy's word, and what points say
    passes         both passes, node by node, with the numbers that lead to the answer
    answers        the answer: what a command prints, and what the functions above return
    verify         verdicts on gradcli's own derivative
    claims         verdicts on a person's: which step is the first wrong one
    data           tables, as streams
    learn          what to do with a gradient: updates, and the rules that make them
    explanation    an answer told: both passes in words and numbers, what the gradient means
    face           the functions above: what they are given, and what they give back
    drawing        the graph as a picture: boxes, arrows, and the forms that draw them
    page           a picture with all that is told of it, as an HTML page to play with
    show           for eyes and for pipes; Rich is imported here and nowhere else
    cli            the commands, a small file each; no mathematics

Where a new form of output goes: to `emit`, if it is a language that has formulas, as LaTeX has; to `show`, if it is an
answer for a terminal or a pipe, as pages, JSON and Markdown are; to `data`, if it is a table of many rows, as CSV and
Parquet are. `cli.formats` names the writer of each form of an answer, `data.options` the forms of tables. A new
operator is a row, and nothing else unless no other operator can make it. A new notice has its kind in `errors`, and is
made by whoever finds it out. The pages of `gradcli help` stand in `manual/`, a file a topic.
"""

TYPE_CHECKING = False  # the one of `typing`, which takes time to load
if TYPE_CHECKING:
    from gradcli.answers import Answer as Answer
    from gradcli.compiler.function import Function as Function
    from gradcli.compiler.result import Result as Result
    from gradcli.errors import BindingError as BindingError
    from gradcli.errors import GradcliError as GradcliError
    from gradcli.errors import LanguageError as LanguageError
    from gradcli.errors import LimitError as LimitError
    from gradcli.errors import UsageError as UsageError
    from gradcli.evaluate.gradient import Point as Point
    from gradcli.evaluate.trace import Contribution as Contribution
    from gradcli.evaluate.trace import Trace as Trace
    from gradcli.face.api import answer as answer
    from gradcli.face.api import check as check
    from gradcli.face.api import compile as compile  # noqa: A004 - what it does has that name
    from gradcli.face.api import explain as explain
    from gradcli.face.api import gradient as gradient
    from gradcli.face.api import rules as rules
    from gradcli.face.api import trace as trace
    from gradcli.face.api import value as value
    from gradcli.face.api import value_and_gradient as value_and_gradient
    from gradcli.face.programs import Program as Program
    from gradcli.face.programs import parse as parse
    from gradcli.operators.row import Operator as Operator

    __all__: list[str]
    __version__: str

_ROOMS = {
    "gradcli.answers": ("Answer",),
    "gradcli.face.api": (
        "answer",
        "check",
        "compile",
        "explain",
        "gradient",
        "rules",
        "trace",
        "value",
        "value_and_gradient",
    ),
    "gradcli.errors": ("BindingError", "GradcliError", "LanguageError", "LimitError", "UsageError"),
    "gradcli.face.programs": ("Program", "parse"),
    "gradcli.compiler.function": ("Function",),
    "gradcli.compiler.result": ("Result",),
    "gradcli.evaluate.gradient": ("Point",),
    "gradcli.evaluate.trace": ("Contribution", "Trace"),
    "gradcli.operators.row": ("Operator",),
}


def __getattr__(name: str) -> object:
    """A public name, loaded when it is first asked for: the command line comes by here, and has no time to lose.

    Not even `__all__` is made before: an interrupt in a loop or a call here would come before signals are seen to.
    """
    from importlib import import_module

    if name == "__all__":
        globals()[name] = public = [each for names in _ROOMS.values() for each in names]
        return public
    if name == "__version__":
        globals()[name] = version = import_module("importlib.metadata").version("gradcli")
        return version
    for room, names in _ROOMS.items():
        if name in names:
            globals()[name] = found = getattr(import_module(room), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    public = {name for names in _ROOMS.values() for name in names}
    return sorted({*globals(), *public, "__version__"})
