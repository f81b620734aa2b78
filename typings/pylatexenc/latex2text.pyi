# Types of the few names of pylatexenc 2.11 that refman may use; the library has none of its own.
from pylatexenc.macrospec import LatexContextDb

def get_default_latex_context_db() -> LatexContextDb: ...

class LatexNodes2Text:
    def __init__(
        self,
        latex_context: object | None = None,
        *,
        math_mode: str = "text",
        keep_comments: bool = False,
        strict_latex_spaces: bool | str = False,
        keep_braced_groups: bool = False,
        keep_braced_groups_minlen: int = 2,
    ) -> None: ...
    def latex_to_text(self, latex: str, *, tolerant_parsing: bool = True) -> str: ...
