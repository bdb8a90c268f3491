"""What the tests of verdicts share."""

import pytest

from gradcli.verify import equality, rulings


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """As much time for a point as it takes: how busy a machine is must not decide."""
    for module in (equality, rulings):
        monkeypatch.setattr(module, "PATIENCE", 20.0)
