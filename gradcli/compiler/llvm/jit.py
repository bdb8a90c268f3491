"""LLVM's text → a function to call.

Depends on llvmlite. The text is compiled as it stands: what optimisers would do is done when it is written.
"""

import ctypes
from collections.abc import Callable
from functools import cache

from llvmlite import binding

THOROUGH, QUICK = 2, 0
"""LLVM's levels of code generation."""
Function = Callable[..., None]


def compiled(text: str, name: str, pointers: int, integers: int, *, thoroughly: bool) -> Function:
    """A function without a result, of pointers and then 64-bit integers; calling it releases Python's lock.

    The machine code lives as long as the function. Done thoroughly, it is up to four times as fast, and takes up to
    eight times as long to compile.
    """
    module = binding.parse_assembly(text)
    engine = binding.create_mcjit_compiler(module, target_machine(THOROUGH if thoroughly else QUICK))
    engine.finalize_object()
    signature = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * pointers, *[ctypes.c_int64] * integers)
    function = signature(engine.get_function_address(name))

    def call(*arguments: object, _keeps_alive: object = engine) -> None:
        function(*arguments)

    return call


def target_machine(level: int) -> binding.TargetMachine:
    """The machine that this runs on, with all that it can do."""
    features = binding.get_host_cpu_features().flatten()
    return native_target().create_target_machine(
        cpu=binding.get_host_cpu_name(), features=features, opt=level, jit=True
    )


@cache
def native_target() -> binding.Target:
    """The machine that this runs on."""
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    return binding.Target.from_default_triple()
