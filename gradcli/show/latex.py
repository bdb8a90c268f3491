"""An answer as LaTeX: the formula, its value, and each derivative as a formula with its number.

Depends on `gradcli.emit.aligned`.
"""

from collections.abc import Iterator

from gradcli.emit.aligned import aligned
from gradcli.show.report import Report
from gradcli.show.wording import shown


def latex(report: Report) -> Iterator[str]:
    """An `align*` environment: a line for each definition, the value, each derivative, and what is new."""
    given, digits = report.given, report.digits
    update = report.update
    after = {**update.after, report.program.name: update.value_after} if update else {}
    yield aligned(
        report.program,
        shown(given.value, digits),
        {by: shown(it, digits) for by, it in given.gradient.items()},
        {name: shown(it, digits) for name, it in after.items()},
        {name: shown(it, digits) for name, it in given.entries.items()},
    )
