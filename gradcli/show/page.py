"""What a command answers in one of three forms: a page for a person, plain lines, JSON.

Depends on nothing; the page is drawn by those who know what is on it.
"""

import json
from collections.abc import Callable, Iterable, Iterator


def written(
    form: str, record: Callable[[], object], lines: Callable[[], Iterable[str]], page: Callable[[], str]
) -> Iterator[str]:
    """The answer in one of the forms table, plain and json; only that one is made."""
    if form == "json":
        yield json.dumps(record(), ensure_ascii=False, allow_nan=False) + "\n"
    elif form == "plain":
        yield from lines()
    else:
        yield page()
