"""Whatever is asked of any operator at any double, with any options: an exit code of gradcli's own, and no traceback."""

import math
import os
from unittest import mock

import pytest
from contract import check
from doubles import doubles
from hypothesis import given, settings
from hypothesis import strategies as st
from measure import condition, ulps
from mpmath import mp
from asked import Request, requests
from rows import ROWS, by_order, names, text
from truth import TRUTHS

from gradcli.language import parse
from gradcli.operators.row import Operator
from gradcli.run.gradient import Gradient
from gradcli.verify.precise import settle

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
SHORT = 0.5
"""Seconds for digits and proofs, that a thousand requests may take minutes: the contract is the same."""


@settings(max_examples=600, deadline=None)
@given(request=requests(("grad", "eval", "check", "rules")), columns=st.integers(30, 200))
def test_any_request(request: Request, columns: int) -> None:
    with (
        mock.patch.dict(os.environ, COLUMNS=str(columns)),
        mock.patch("gradcli.verify.precise.SECONDS", SHORT),
        mock.patch("gradcli.verify.approach.SECONDS", SHORT),
    ):
        check(*request)
