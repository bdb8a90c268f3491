"""Where machine code finds its functions: the C library, and glibc's vector variants of it where they are there.

Depends on llvmlite. The vector variants have the names that the x86-64 vector function ABI gives them.
"""

import ctypes
import sys
from functools import cache

from llvmlite import binding

VARIANTS = (("avx512f", "e", 8), ("avx2", "d", 4), ("avx", "c", 4), ("sse2", "b", 2))
"""CPU feature, letter of the instruction set, doubles to a vector; the widest first."""
SCALAR_WIDTH = 2
C_LIBRARIES = {"darwin": "libm.dylib", "win32": "ucrtbase"}
ON_OLD_PROCESSORS = ("fma", "floor", "ceil", "roundeven")
"""What LLVM calls where the processor has no instruction for it."""


class Library:
    """The functions that kernels of one vector width can call."""

    def __init__(self, width: int, letter: str = "") -> None:
        """With no letter, there are no vector variants."""
        self.width, self.letter = width, letter
        self.c, self.mvec = c_library(), vector_library() if letter else None
        for name in ON_OLD_PROCESSORS:
            self.scalar(name)

    def scalar(self, name: str) -> None:
        """Make a function of the C library known to the code that is compiled."""
        binding.add_symbol(name, address(self.c, name))

    def vector_variant(self, name: str, arity: int) -> str:
        """The symbol of a vector variant, made known to the code that is compiled; empty where there is none."""
        symbol = f"_ZGV{self.letter}N{self.width}{'v' * arity}_{name}"
        found = address(self.mvec, symbol) if self.mvec else 0
        if found:
            binding.add_symbol(symbol, found)
        return symbol if found else ""


@cache
def host_library() -> Library:
    """The library for the widest vectors of this machine."""
    features = binding.get_host_cpu_features()
    for feature, letter, width in VARIANTS:
        if features.get(feature):
            return Library(width, letter)
    return Library(SCALAR_WIDTH)


def c_library() -> ctypes.CDLL:
    """The functions of C's math.h. Raises ImportError on a system that keeps them elsewhere."""
    name = C_LIBRARIES.get(sys.platform, "libm.so.6")
    try:
        return ctypes.CDLL(name)
    except OSError as error:
        raise ImportError(f"no C library {name}") from error


def vector_library() -> ctypes.CDLL | None:
    """glibc's library of vector functions, where the system has it."""
    try:
        return ctypes.CDLL("libmvec.so.1")
    except OSError:
        return None


def address(library: ctypes.CDLL, symbol: str) -> int:
    """Where a symbol is in memory; 0 if the library does not have it."""
    function = getattr(library, symbol, None)
    return (ctypes.cast(function, ctypes.c_void_p).value or 0) if function else 0
