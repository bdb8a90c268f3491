"""An answer as LaTeX: the formula, its value, and each derivative as a formula with its number.

Depends on `gradcli.emit.aligned`.
"""

from collections.abc import Iterator

from gradcli.emit.aligned import aligned
from gradcli.show.report import Report
from gradcli.show.wording import shown


def latex(report: Report) -> Iterator[str]:
    """An `align*` environment: a line for each definition, for the value and for each derivative."""
    given, digits = report.given, report.digits
    yield aligned(
        report.program, shown(given.value, digits), {by: shown(it, digits) for by, it in given.gradient.items()}
    )
