"""What an expression is: an append-only, interned graph, the walks over it and the simplification of derived nodes."""
