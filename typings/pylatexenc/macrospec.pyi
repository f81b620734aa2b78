# Types of the few names of pylatexenc 2.11 that refman may use; the library has none of its own.
class MacroTextSpec:
    simplify_repl: object

class LatexContextDb:
    def get_macro_spec(self, macroname: str) -> MacroTextSpec | None: ...
