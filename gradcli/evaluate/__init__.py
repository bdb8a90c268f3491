"""A graph and bindings → floats: one number, all of them, the gradient, everything that happened."""
