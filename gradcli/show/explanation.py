"""An explanation in its forms: a page for a terminal, plain text, Markdown, LaTeX, JSON.

Depends on `gradcli.explanation`; on Rich only where a page is drawn. Names are text in every form: what LaTeX would
take for a command is written out.
"""

import json
from collections.abc import Iterator, Sequence

from gradcli.emit.latex import prose
from gradcli.explanation import Line, Section
from gradcli.explanation.writing import code, escaped, marked, text
from gradcli.show.latex import latex as latex_numbers
from gradcli.show.plain import plain as plain_numbers
from gradcli.show.record import report_record
from gradcli.show.report import Report
from gradcli.show.wording import equations, formula

LONGEST_FORMULA, MOST_BOUND = 400, 60


def plain(report: Report, sections: Sequence[Section]) -> Iterator[str]:
    """Lines of text, of any length; the numbers of the answer come last, as `grad` writes them."""
    for line in _head(report):
        yield f"{line}\n"
    yield from text(sections)
    yield "\n"
    yield from plain_numbers(report)


def _head(report: Report) -> Iterator[str]:
    yield formula(report.program, LONGEST_FORMULA)
    if report.point.bindings:
        bound = equations(report.point.bindings, report.digits, report.program.arrays)
        more = f", and {len(bound) - MOST_BOUND:,} more" if len(bound) > MOST_BOUND else ""
        yield "at " + ", ".join(bound[:MOST_BOUND]) + more


def page(report: Report, sections: Sequence[Section]) -> Iterator[str]:
    """A page for a person."""
    from gradcli.show.console import console, drawn
    from gradcli.show.page import answer_lines, heading
    from gradcli.show.wrapping import Paragraph

    screen = console(report.color)
    parts = [*heading(report, MOST_BOUND)]
    for section in sections:
        parts += [Paragraph(section.title, "bold")] if section.title else []
        indent = "  " if section.title else ""
        parts += [Paragraph(f"{indent}{line.text}", "" if line.equation else "dim") for line in section.lines]
        parts += [Paragraph("")]
    yield drawn(screen, [*parts, *answer_lines(report, screen.width)])


def markdown(report: Report, sections: Sequence[Section]) -> Iterator[str]:
    """Headings, sentences, and equations as lists of code."""
    head, *at = _head(report)
    yield f"{code(head)}\n\n"
    yield from (f"{escaped(line)}\n\n" for line in at)
    yield from marked(sections)
    numbers = (line.strip().replace("\t", " = ") for line in plain_numbers(report))
    yield from (f"- {code(number)}\n" for number in numbers)


def latex(report: Report, sections: Sequence[Section]) -> Iterator[str]:
    """Sections, sentences and displayed equations, to be put into a document with amsmath."""
    for line in list(_head(report))[1:]:
        yield f"{prose(line)}\n\n"
    for section in sections:
        yield f"\\subsection*{{{prose(section.title)}}}\n\n" if section.title else ""
        yield from (f"{_latex(line)}\n\n" for line in section.lines)
    yield from latex_numbers(report)


def _latex(line: Line) -> str:
    if not line.equation:
        return "".join(prose(part) if isinstance(part, str) else f"${part.latex()}$" for part in line.parts)
    return "\\[ " + "".join(_sign(part) if isinstance(part, str) else part.latex() for part in line.parts) + " \\]"


def _sign(text: str) -> str:
    """A sign between two sides; other words are words in an equation too."""
    signs = {"=": " = ", "≈": r" \approx ", "-": " - ", ":": ":\\ "}
    return signs.get(text.strip()) or (rf"\text{{{prose(text)}}}" if text else "")


def as_json(report: Report, sections: Sequence[Section]) -> Iterator[str]:
    """What `grad` writes, and the sections, each a title and lines."""
    told = [{"title": section.title, "lines": [line.text for line in section.lines]} for section in sections]
    record = {**report_record(report), "explanation": told}
    yield json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"
