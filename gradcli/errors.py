"""What can go wrong and what is worth saying, as data: kind, span, message, hint.

Depends on `gradcli.excerpts` alone, for an error as a text. `gradcli.show.diagnostics` draws it, `gradcli.cli` makes
an exit code of it.
"""

from collections.abc import Collection, Mapping
from itertools import islice
from typing import Literal, NamedTuple

Span = tuple[int, int]
"""Where something stands in a text: start and end, in characters, end exclusive."""


class Source(NamedTuple):
    """A text that a person gave, and what to call it: "expression", "--x", a file's name."""

    text: str
    name: str = "expression"


DATA_EXTRA = 'in a checkout of gradcli: pip install ".[data]"'
"""The mend where a library of the extra `data` is missing."""

DRAW_EXTRA = 'pip install "gradcli[draw]"'
"""The mend where a library of the extra `draw` is missing."""

Kind = Literal[
    "reading",  # something was read in an unusual way, and how
    "unused",  # a definition does not influence the output
    "no variable",  # every name is defined, and there is nothing to differentiate by
    "precision",  # double precision did not do, and where the digits went
    "unsettled",  # a number that no precision and no algebra settled, and how far it is known
    "kink",  # the slopes from the left and from the right differ, or are not those of the rules
    "jump",  # the values on the left and on the right do
    "not finite",  # where inf or nan arose, or how many rows hold one
    "omitted",  # JSON leaves out the nodes of a large formula
    "diverged",  # a descent arrived where a number is not finite
    # These are told on standard error alone:
    "verified",  # the verdict of --verify
    "training",  # what is trained, on what, how
    "time",  # how much of a check there was no time for
    "output",  # what became of a file that was to be written
    "faults",  # rows of a table that were passed over
    "option",  # an option that has no effect on what was asked for
]
"""What a notice is about."""


class Notice(NamedTuple):
    """Something worth saying that is no error. `node` is an index into the graph, `span` a place in the expression.

    details  what JSON has of it beyond these
    """

    kind: Kind
    message: str
    node: int | None = None
    span: Span | None = None
    details: Mapping[str, object] = {}


MOST_LISTED, NAMED = 10, 3
"""A list of more is told by its first few, and how many more there are."""


def listed(parts: Collection[str], what: str = "", most: int = MOST_LISTED, named: int = NAMED) -> str:
    """The parts in a sentence: "a, b, c and 97 more"; `what` says more of what. Up to `most` parts are all named."""
    if len(parts) <= most:
        return ", ".join(parts)
    more = f"{len(parts) - named:,} more {what}".rstrip()
    return f"{', '.join(islice(parts, named))} and {more}"


LONGEST_QUOTED = 40
"""How many characters of what a person gave a message repeats."""
LONGEST_LINE = 500 - len("error: ")


def shortened(message: str) -> str:
    """A message none of whose lines is too long to be read: its middle gives way, as the end says what is wrong."""
    head, tail = LONGEST_LINE * 3 // 5, LONGEST_LINE * 2 // 5 - 1
    lines = message.split("\n")
    return "\n".join(line if len(line) <= LONGEST_LINE else f"{line[:head]}…{line[-tail:]}" for line in lines)


class GradcliError(Exception):
    """Every error that gradcli raises on purpose.

    message  what is wrong, in the user's words
    hint     one way to mend it
    span     where, in `source.text`
    """

    kind = "usage"

    def __init__(self, message: str, *, hint: str = "", span: Span | None = None, source: Source | None = None) -> None:
        super().__init__(shortened(message))
        self.message = shortened(message)
        self.hint = shortened(hint)
        self.span = span
        self.source = source

    def __str__(self) -> str:
        """The message, the place with carets under it, and the mend: what a traceback shows."""
        from gradcli.excerpts import excerpt, visible  # most commands are right, and start sooner without it

        place = excerpt(*self.source, self.span) if self.span and self.source else ()
        mend = [f"mend: {self.hint}"] if self.hint else []
        return "\n".join([visible(self.message), *(f"   {line}" for line in place), *map(visible, mend)])


class UsageError(GradcliError):
    """The command line itself: a missing value, an option that does not exist."""


class LanguageError(GradcliError):
    """The text is not an expression of the language."""

    kind = "syntax"


class NameProblem(LanguageError):
    """A name that means nothing here, or that cannot mean what is asked of it."""

    kind = "name"


class BindingError(GradcliError):
    """A variable without a value, or a value without a variable."""

    kind = "binding"


class LimitError(GradcliError):
    """The input is larger than gradcli promises to handle."""

    kind = "limit"


class MemoryProblem(GradcliError):
    """There is less memory than the work needs."""

    kind = "memory"


class Fault(GradcliError):
    """An exception that is no error of gradcli's: a mistake in gradcli itself."""

    kind = "fault"


class FileProblem(GradcliError):
    """A file that is missing, unreadable or not what it should be."""

    kind = "file"
