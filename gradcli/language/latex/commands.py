r"""What the commands of LaTeX mean, as tables.

Depends on the operator table for what can be called.
"""

import re

from gradcli.operators.table import CALLABLE

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi "
    "psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
GREEK: dict[str, str] = dict(zip(re.findall(r"\w+", _GREEK), "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", strict=True))
LETTERS = GREEK | {"hbar": "ħ", "ell": "ell", "imath": "i", "jmath": "j"}
"""Command → the letter that it sets."""
VARIANTS = {f"var{name}": name for name in ("epsilon", "theta", "pi", "rho", "sigma", "phi", "kappa")}
"""Other forms of letters: the same letter, unless both stand in a text."""
SPOKEN = {letter: name for name, letter in LETTERS.items() if letter != name}
"""Letter → the name by which it may be bound too."""

ACCENTS = {
    **dict.fromkeys(("hat", "widehat"), ("hat", "\u0302")),
    **dict.fromkeys(("bar", "overline"), ("bar", "\u0304")),
    **dict.fromkeys(("tilde", "widetilde"), ("tilde", "\u0303")),
    **dict.fromkeys(("vec", "overrightarrow"), ("vec", "")),
    "dot": ("dot", "\u0307"),
    "ddot": ("ddot", "\u0308"),
    "check": ("check", "\u030c"),
    "breve": ("breve", "\u0306"),
}
"""Command → what follows the letter in a name, and the mark that may stand on it instead."""

STYLES = (
    *("text", "textrm", "textit", "textbf", "texttt", "textsf", "textnormal", "mbox", "operatorname"),
    *("mathrm", "mathit", "mathbf", "mathsf", "mathtt", "mathcal", "mathscr", "mathfrak", "mathbb", "mathnormal"),
    *("boldsymbol", "bm", "pmb", "boxed", "mathop", "mathord", "mathbin"),
)
"""Commands that set what follows them in another fount; letters in one are one name."""

SPACES = (
    *("quad", "qquad", "enspace", "thinspace", "medspace", "thickspace", "negthinspace", "displaystyle", "textstyle"),
    *("scriptstyle", "limits", "nolimits", "nonumber", "notag", "hfill", "rm", "bf", "it", "mathstrut", "mathopen"),
    *("mathclose", "big", "Big", "bigg", "Bigg", "bigm", "Bigm", "biggm", "Biggm", "allowbreak", "null", "strut"),
)
"""Commands that say nothing."""
UNSAID = ("hspace", "vspace", "label", "tag", "phantom", "hphantom", "vphantom", "color")
"""Commands that say nothing, with what stands in their braces."""

SIGNS = {
    **dict.fromkeys(("cdot", "times", "ast", "*", "×", "·", "⋅", "∗"), "*"),
    **dict.fromkeys(("div", "slash", "/", "÷"), "/"),
    **dict.fromkeys(("bmod", "mod"), "%"),
    **dict.fromkeys(("-", "−", "–"), "-"),
    **dict.fromkeys(("lt", "<"), "<"),
    **dict.fromkeys(("gt", ">"), ">"),
    **dict.fromkeys(("le", "leq", "leqslant", "leqq", "<=", "≤"), "<="),
    **dict.fromkeys(("ge", "geq", "geqslant", "geqq", ">=", "≥"), ">="),
    **dict.fromkeys(("ne", "neq", "!=", "≠"), "!="),
    **dict.fromkeys(("land", "wedge"), "and"),
    **dict.fromkeys(("lor", "vee"), "or"),
    **dict.fromkeys(("lnot", "neg"), "not"),
    **dict.fromkeys(("coloneqq", "coloneq", "triangleq", ":=", "="), "="),
    **{sign: sign for sign in ("+", "==", ",", ";", "!")},
}
"""Command or sign → the parser's own sign."""
COMPARISONS = frozenset({"<", ">", "<=", ">=", "==", "!="})
LOOSE = frozenset({"and", "or", "not"})

_FUNCTIONS = {
    **{name: name for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "exp")},
    "ln": "log",
    "log": "log",
    "lg": "log10",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "sgn": "sign",
    "arccot": "acot",
    "arcsec": "asec",
    "arccsc": "acsc",
    "max": "max",
    "min": "min",
    "lb": "log2",
    "arsinh": "asinh",
    "arcosh": "acosh",
    "artanh": "atanh",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "arcoth": "acoth",
    "arsech": "asech",
    "arcsch": "acsch",
    "ld": "log2",
    "atan_2": "atan2",
    "loggamma": "lgamma",
    "cosec": "csc",
    "cotan": "cot",
    "tg": "tan",
    "ctg": "cot",
    "sh": "sinh",
    "ch": "cosh",
    "th": "tanh",
}
INVERSES = {name: f"a{name}" for name in ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth")}
LETTER_FUNCTIONS = {"σ": "sigmoid", "Γ": "gamma", "Φ": "normal_cdf", "φ": "normal_pdf", "ψ": "digamma"}
"""Letters that are functions before brackets, where nothing is bound to them."""


_NO_FUNCTIONS = frozenset({*LETTERS, *VARIANTS, *ACCENTS, *SIGNS, "sqrt", "sum", "prod", "infty", "degree"})


def function_of(name: str, *, command: bool = False) -> str:
    """The function of the table that a command or a name in upright letters means; empty for none."""
    if command and (name in _NO_FUNCTIONS or name in REFUSED):
        return ""
    spellings = (name, _FUNCTIONS.get(name, ""), name.lower(), _FUNCTIONS.get(name.lower(), ""))
    return next((spelled for spelled in spellings if spelled in CALLABLE), "")


_DIFFERENTIATE = "write the function alone: gradcli differentiates it, by --wrt x"
_ONE = "write one expression for each sign"
_ALL = "write out what there is, or a sum with whole bounds: \\sum_{i=1}^{3} x_{i}"
_SCALARS = "bind it as an array: x='[1, 2]'; or give each component a name of its own, such as x_{1}"
PRODUCTS = "bind arrays: w='[1, 2]'; or write the sum of the products, w_{1} x_{1} + w_{2} x_{2}"
_STATEMENT = ("is a statement, not an expression", "write the expression alone")
REFUSED = {
    **dict.fromkeys(("int", "iint", "iiint", "oint"), ("is an integral", "write what it comes to, without it")),
    **dict.fromkeys(("lim", "limsup", "liminf"), ("is a limit", "write the expression at the point itself")),
    **dict.fromkeys(("pm", "mp"), ("is two signs in one", _ONE)),
    **dict.fromkeys(("partial", "nabla"), ("stands for a derivative", _DIFFERENTIATE)),
    **dict.fromkeys(("dots", "cdots", "ldots", "vdots", "dotsc", "dotsb"), ("leaves something out", _ALL)),
    **dict.fromkeys(("sup", "inf", "argmax", "argmin"), ("ranges over a set", "write \\max(a, b) of what there is")),
    **dict.fromkeys(("det", "langle", "rangle"), ("is for vectors and matrices", _SCALARS)),
    **dict.fromkeys(("top", "dagger", "intercal"), ("is a transpose", PRODUCTS)),
    **dict.fromkeys(("ast", "star"), ("above a letter may be part of its name", "write a subscript: x_{star}")),
    "pmod": ("is a congruence", r"write a \bmod b for the remainder"),
    **dict.fromkeys(("odot", "otimes", "oplus", "circ", "bullet"), ("is for vectors", "write \\cdot for a product")),
    **dict.fromkeys(("approx", "sim", "simeq", "propto", "equiv", "in", "forall", "mid"), _STATEMENT),
    **dict.fromkeys(("to", "mapsto", "rightarrow", "Rightarrow", "implies", "iff"), _STATEMENT),
    **dict.fromkeys(("over", "atop", "choose"), ("is old TeX", "write \\frac{a}{b}")),
    "prime": ("may be a derivative or a name", "write the derivative out, or a name such as y_{1}"),
    "binom": ("is a binomial coefficient", "write \\frac{n!}{k! (n - k)!}"),
    "%": ("is percent", "write the fraction: \\frac{5}{100}"),
    **dict.fromkeys(("&", "$", "_", "#"), ("is a sign of a text", "write the formula alone")),
    **dict.fromkeys(("underbrace", "overbrace", "cancel"), ("is for the eye", "write what is under it alone")),
    **dict.fromkeys(("SI", "si", "unit", "qty"), ("is for units", "write the number alone")),
    "middle": ("parts what stands in brackets", "write the expression alone"),
}  # fmt: skip
"""Command → what it is that gradcli has not, and what to write."""
SPELLED = {
    "√": r"\sqrt{x}",
    "∛": r"\sqrt[3]{x}",
    "∑": r"\sum_{i=1}^{3} x_{i}",
    "∏": r"\prod_{i=1}^{3} x_{i}",
    "∞": r"\infty",
}
"""Signs of plain texts that LaTeX has commands for."""
