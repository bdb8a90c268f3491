"""The operators as JavaScript: from the Python source of their kernels, so that each is written once.

`operators` gives the text for a page and `pieces` what it consists of; `statements`, `expressions` and `functions`
translate, `kinds` and `signatures` tell whole numbers from floats, `names` tells what is called what. `library.js` has
what JavaScript itself gives, and what cannot be translated. Depends on the operator table and on the kernels.
"""

from gradcli.emit.javascript.kinds import UntranslatableError
from gradcli.emit.javascript.operators import kernels
from gradcli.emit.javascript.pieces import short

__all__ = ["UntranslatableError", "kernels", "short"]
