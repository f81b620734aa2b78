"""Strings that nothing uses go with their lines; those that another one needs stay."""

from refman.formats.bibfile.document import document_of
from refman.formats.bibfile.leaks import LeakKind
from refman.formats.bibfile.used_strings import without_unused_strings

_TEXT = """@string{press = "Press"}
@string{Mine = press # " of mine"}

@string{secret = "Project /home/me/x"}
@preamble{"\\\\newcommand" # inpre}
@string{inpre = "x"}

@book{k, publisher = MINE, note = {secret}}
"""


def test_only_what_is_used_leaves() -> None:
    cleaned, leaks = without_unused_strings(document_of(_TEXT))
    assert cleaned.text == _TEXT.replace('@string{secret = "Project /home/me/x"}\n', "")
    assert [(one.key, one.field, one.kind, one.value) for one in leaks] == [
        ("@string", "secret", LeakKind.UNUSED, "Project /home/me/x")
    ]
    assert without_unused_strings(cleaned) == (cleaned, [])


def test_strings_alone_leave_nothing() -> None:
    assert without_unused_strings(document_of('@string{a = "A"}\n@string{b = a}\n'))[0].text == ""
