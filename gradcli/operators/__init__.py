"""What mathematics exists: the operator table, a file per family, one row per operator. Pure data, no behaviour.

`row.py` gives the shape of a row, `precedence.py` how tightly each notation binds, `table.py` all rows by name.
"""
