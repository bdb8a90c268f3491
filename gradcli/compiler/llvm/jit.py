"""LLVM's text → a function to call.

Depends on llvmlite. The text is compiled as it stands: what optimisers would do is done when it is written.
"""

import ctypes
from collections.abc import Callable

from llvmlite import binding

THOROUGH, QUICK = 2, 0
"""LLVM's levels of code generation."""
SIGNATURE = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 3, *[ctypes.c_int64] * 2)
Function = Callable[..., None]


def compiled(text: str, *, thoroughly: bool) -> Function:
    """The function `kernel` of a text, without a result; calling it releases Python's lock.

    The machine code lives as long as the function. Done thoroughly, it is up to four times as fast, and takes up to
    eight times as long to compile.
    """
    module = binding.parse_assembly(text)
    engine = binding.create_mcjit_compiler(module, target_machine(THOROUGH if thoroughly else QUICK))
    engine.finalize_object()
    function = SIGNATURE(engine.get_function_address("kernel"))

    def call(*arguments: object, _keeps_alive: object = engine) -> None:
        function(*arguments)

    return call


def target_machine(level: int) -> binding.TargetMachine:
    """The machine that this runs on, with all that it can do."""
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    cpu, features = binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()
    return binding.Target.from_default_triple().create_target_machine(cpu=cpu, features=features, opt=level, jit=True)
