"""How many examples Hypothesis draws: as many as a test says in `search`, 16 of a hundred in `ci`, five in `dev`.

Those of `ci` are the same each time, so that a change is judged by what it changed; `search` draws others every time.
"""

import os

from hypothesis import settings

settings.register_profile("ci", max_examples=16, deadline=None, derandomize=True)
settings.register_profile("search", max_examples=100, deadline=None, print_blob=True)
settings.register_profile("dev", max_examples=5, deadline=None)


def load_profile() -> None:
    """Load the profile that HYPOTHESIS_PROFILE names; else `ci` where CI is set, and `dev` for a person."""
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


def examples(most: int) -> settings:
    """So many examples in `search`, and the same share of them as of a hundred in any other profile."""
    return settings(max_examples=max(1, most * settings().max_examples // 100))
