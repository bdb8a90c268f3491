"""Little memory: what shows that there is too little, and what is said of it.

Depends on the errors alone, so that it can be loaded where nothing else can.
"""

from errno import ENOMEM
from math import inf

from gradcli.errors import MemoryProblem

NO_MEMORY = MemoryProblem("there is not enough memory for this", hint="ask for less at once, or allow more of it")
_SIGNS = ("failed to map segment", "annot allocate memory", "can't start new thread", "out of memory")
"""What libraries say that cannot be loaded, or cannot have a thread, because of it."""

TIGHT = 256 << 20
"""Bytes below which Python itself raises whatever comes, SystemError for one, where it finds no memory."""
LEAST = 40 << 20
LEAST_FOR_PROOFS = 96 << 20
"""Bytes to begin with, and with SymPy: with less, loading ends in whatever comes, the end of the process among it.

Measured with Python 3.11 on Linux: 22 to 30 MB, and 62 MB.
"""


def is_lack(problem: BaseException) -> bool:
    """Whether an exception comes of too little memory: it says so, or one does that it was raised in the wake of."""
    if allowed() < TIGHT:
        return True
    known: set[int] = set()
    at: BaseException | None = problem
    while at is not None and id(at) not in known:
        if _says_so(at):
            return True
        known.add(id(at))
        at = at.__cause__ or at.__context__
    return False


def _says_so(problem: BaseException) -> bool:
    lacking = isinstance(problem, MemoryError) or getattr(problem, "errno", None) == ENOMEM
    return lacking or any(sign in str(problem) for sign in _SIGNS)


def require(size: int, what: str) -> None:
    """Raise MemoryProblem where this process may have fewer bytes: libraries would end it without a word of ours."""
    if allowed() < size:
        message = f"{what} needs {size >> 20} MB of memory to address, and {int(allowed()) >> 20} MB are allowed"
        raise MemoryProblem(message, hint="allow more: ulimit -v unlimited")


def allowed() -> float:
    """The bytes that this process may address; none where it cannot even load what knows."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_AS, getrlimit  # only POSIX has it
    except ModuleNotFoundError:
        return inf
    except Exception:  # whatever Python makes of having none
        return 0
    limit = getrlimit(RLIMIT_AS)[0]
    return inf if limit == RLIM_INFINITY else limit
