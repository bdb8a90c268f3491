"""Whatever is asked of any operator at any double, with any options: an exit code of gradcli's own, and no traceback."""

import os
from unittest import mock

import pytest
from asked import Request, requests
from contract import check, check_map
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""The alarm of a time limit may ring in hypothesis's own callback of the garbage collector; it rings again."""

TEXTS = ("csv", "tsv", "ndjson")


@examples(500)
@given(request=requests(("grad", "eval", "check", "rules")), columns=st.integers(30, 200))
def test_any_request(request: Request, columns: int) -> None:
    with mock.patch.dict(os.environ, COLUMNS=str(columns)):
        check(*request)


@examples(200)
@given(request=requests(("map",)))
def test_any_request_for_a_table(request: Request) -> None:
    forms = [word.partition("=")[2] for word in request.arguments if word.startswith(("--to=", "--from="))]
    check_map(request.arguments[1:], request.stdin, text=set(forms) <= set(TEXTS))
