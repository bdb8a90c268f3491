"""Graph and bindings to numbers: interpreters for floats, arrays and machine code."""
