"""Operator → what it makes of one-sided expansions: the terms of the result, beside a pole or a jump too.

Depends on `powers`, `functions` and `choices`. What has no rule there follows its formula in gradcli's own language:
one that holds beside poles and branch points, or the row's definition.
"""

from collections.abc import Mapping, Sequence
from functools import partial, reduce

from gradcli.graph.template import Template
from gradcli.language.rules import parse_template
from gradcli.operators.row import Trait
from gradcli.operators.table import OPERATORS, having
from gradcli.precision.enclosures import special
from gradcli.precision.enclosures.balls import as_written
from gradcli.precision.expansions import arithmetic, choices, functions, powers
from gradcli.precision.expansions.series import UNKNOWN, ZERO, Expansion, constant
from gradcli.precision.expansions.strictness import Meaning, strict


class _Meanings(dict[str, Meaning]):
    """What `OWN` has not is found when first asked for: a formula, or the row's definition."""

    def __missing__(self, operator: str) -> Meaning:
        self[operator] = meaning = strict(operator)(_by_formula(operator))
        return meaning


def run_template(template: Template, operands: Sequence[Expansion]) -> Expansion:
    """What a template whose holes are filled with expansions comes to."""
    return template.run(operands, MEANINGS, lambda number: constant(as_written(number)))


def _by_formula(operator: str) -> Meaning:
    row = OPERATORS[operator]
    formula = FORMULAS.get(operator) or row.definition
    if not formula:
        return lambda *_: UNKNOWN
    template = parse_template(formula, ("x", "y") if row.variadic else row.operands)
    if row.variadic:
        return lambda *them: (
            MEANINGS[row.alone](*them)
            if row.alone and len(them) == 1
            else reduce(lambda x, y: run_template(template, (x, y)), them)
        )
    return lambda *them: run_template(template, them)


FORMULAS: Mapping[str, str] = {
    "sinh": "(exp(x) - exp(-x))/2",
    "cosh": "(exp(x) + exp(-x))/2",
    "tanh": "1 - 2/(exp(2*x) + 1)",
    "asinh": "log(x + sqrt(x^2 + 1))",
    "acosh": "log(x + sqrt(x^2 - 1))",
    "atanh": "log((1 + x)/(1 - x))/2",
    "sqrt": "x^(1/2)",
    "digamma": "polygamma(0, x)",
}
"""Formulas that hold beside poles and branch points, for what has no definition."""

OWN: dict[str, Meaning] = {
    **{name: strict(name)(getattr(arithmetic, name)) for name in ("add", "sub", "mul", "neg")},
    **{name: getattr(powers, name) for name in ("div", "exp", "log")},
    "pow": powers.raised,
    **{name: getattr(functions, name) for name in ("sin", "cos", "erf", "erfc", "asin", "acos", "atan", "atan2")},
    **{name: getattr(functions, name) for name in ("gamma", "polygamma", "sinc_n")},
    **{name: functions.family(name) for name in ("erfcx_slope", "exprel_slope")},
    **{name: functions.family(name, (0, 0), (0, 1)) for name in ("beta_slope", "lbeta_slope")},
    "bessel_j_slope": functions.family("bessel_j_slope", (0, -powers.HIGHEST), (0,)),
    "bessel_j": functions.bessel("bessel_j", special.bessel_j_slope),
    "bessel_i": functions.bessel("bessel_i", special.bessel_i_slope),
    **{name: strict(name)(partial(powers.taylor, name)) for name in ("tan", "lambertw")},
    **{name: partial(choices.comparison, name) for name in having(Trait.COMPARISON)},
    "and": partial(choices.connective, False),
    "or": partial(choices.connective, True),
    "not": choices.negated,
    "where": choices.where,
    "max": partial(choices.best, 1),
    "min": partial(choices.best, -1),
    "relu": partial(choices.best, 1, ZERO),
    "abs": choices.magnitude,
    "sign": choices.side_of,
    "floor": choices.floor,
    "ceil": choices.ceil,
    "round": choices.nearest,
    "mod": choices.remainder,
}
"""Arithmetic, functions by their series, and what chooses."""

MEANINGS = _Meanings(OWN)
