"""A formula as machine code: one loop over vectors of rows, through LLVM."""

from gradcli.compiler.llvm.engine import LlvmEngine, llvm_engine

__all__ = ["LlvmEngine", "llvm_engine"]
