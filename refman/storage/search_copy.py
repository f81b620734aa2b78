"""Makes the words of SQLite's search index those of `domain.folding.tokens`, for any text."""

import re
from collections.abc import Callable

from refman.domain.folding import tokens

# Characters beyond ASCII that the tokenizer folds exactly as we do, whatever stands beside them; a test compares
# every one of them. All others (ø ß æ, CJK, compatibility forms, combining marks, newer scripts) need a copy.
_ALIKE = (
    "\u00a0-\u00a9\u00ab-\u00b1\u00b4-\u00b8\u00bb\u00bf-\u00c5\u00c7-\u00cf\u00d1-\u00d7\u00d9-\u00dd\u00e0-\u00e5"
    "\u00e7-\u00ef\u00f1-\u00f7\u00f9-\u00fd\u00ff-\u010f\u0112-\u0125\u0128-\u0130\u0134-\u0137\u0139-\u013e"
    "\u0143-\u0148\u014c-\u0151\u0154-\u0165\u0168-\u018e\u0190\u0193-\u0196\u0198-\u01c3\u01cd-\u01df\u01e4-\u01ed"
    "\u01f0\u01f4-\u01fb\u0200-\u0243\u0245-\u024f\u0370-\u0373\u0375-\u0377\u037b-\u037e\u0384\u0385\u0387"
    "\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9\u03cf-\u03d1\u03d5-\u03f1\u03f3-\u03f8\u03fa-\u03ff\u0402\u0404-\u0406"
    "\u0408-\u040b\u040f-\u0418\u041a-\u0438\u043a-\u044f\u0452\u0454-\u0456\u0458-\u045b\u045f-\u0475\u0478-\u0482"
    "\u048a-\u04c0\u04c3-\u04cf\u04d4\u04d5\u04d8\u04d9\u04e0\u04e1\u04e8\u04e9\u04f6\u04f7\u04fa-\u04ff"
    "\u1e00-\u1e99\u1e9b-\u1e9d\u1e9f-\u1eff\u2010-\u2064\u20ac\u2190-\u22ff"
)
_NEEDS_COPY = re.compile(rf"[^\x01-\x7f{_ALIKE}]")


def search_copy(text: str | None) -> str | None:
    """The folded words joined by blanks, or None where the tokenizer finds the same words in the text itself."""
    # ASCII is nearly all there is, and known without looking at each character.
    if text is None or (text.isascii() and "\0" not in text) or not _NEEDS_COPY.search(text):
        return None
    return " ".join(tokens(text))


def json_search_copy(json_text: str | None, words: Callable[[], str]) -> str | None:
    """The same for a JSON text that is indexed as it stands and whose strings are `words`: escapes would be words."""
    if json_text is not None and "\\" in json_text:
        return " ".join(tokens(words()))
    return search_copy(json_text)
