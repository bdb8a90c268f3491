"""Formulas with all their digits, for engines that have no such kernel: texts in gradcli's own language.

Every text is over the operands of its operator's row. Where a text occurs in several of these, or twice in one, it is
computed once. `lowerings.py` beside this folder says which engine takes which.
"""
