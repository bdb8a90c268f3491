"""NumPy over blocks of rows that stay in cache: an engine that needs no compiler and starts at once.

Depends on NumPy; the modules here say what operators are (`kernels`), in which order (`schedule`) and in which
buffers (`buffers`) they run, and run them (`engine`).
"""
