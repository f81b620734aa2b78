# Types of the few names of pylatexenc 2.11 that refman may use; the library has none of its own.
def get_builtin_uni2latex_dict() -> dict[int, str]: ...
def unicode_to_latex(
    s: str,
    non_ascii_only: bool = False,
    replacement_latex_protection: str = "braces",
    unknown_char_policy: str = "keep",
    unknown_char_warning: bool = True,
) -> str: ...

class UnicodeToLatexEncoder:
    def __init__(
        self,
        *,
        non_ascii_only: bool = False,
        conversion_rules: list[object] = ...,
        replacement_latex_protection: str = "braces",
        unknown_char_policy: str = "keep",
        unknown_char_warning: bool = True,
    ) -> None: ...
    def unicode_to_latex(self, s: str) -> str: ...
