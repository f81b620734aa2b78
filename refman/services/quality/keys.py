"""Citation keys that BibTeX, biber or `\\cite` cannot take."""

import re
from collections.abc import Iterator

from refman.domain.quality import HEAD_KEY, CheckName, Finding, Fix, Severity
from refman.formats.bibtex.dialects import Dialect
from refman.services.quality.subjects import Subject

_ILLEGAL = {
    Dialect.BIBTEX: (re.compile(r"[\s,}]"), "BibTeX"),
    Dialect.BIBLATEX: (re.compile(r"[\s,}\"#%'()={]"), "biber"),
}
_IN_CITE = re.compile(r"[#%~\\{}]")


def check_key(subject: Subject) -> Iterator[Finding]:
    """A paper of the library without a key gets one when it is needed; an entry of a file must have one."""
    key = subject.draft.key
    if not key:
        if subject.is_entry:
            yield Finding(CheckName.KEY, Severity.ERROR, "key", "no-key", "The entry has no key: nothing can cite it.")
        return
    pattern, engine = _ILLEGAL[subject.dialect]
    if bad := _each_once(pattern.findall(key)):
        message = f"{engine} cannot read the key “{key}”: it holds {bad}."
        fix = _without(subject, pattern)
        yield Finding(CheckName.KEY, Severity.ERROR, "key", "illegal-key", message, (engine, key, bad), key, fix)
    elif bad := _each_once(_IN_CITE.findall(key)):
        message = f"\\cite cannot hold the key “{key}”: it holds {bad}."
        fix = _without(subject, _IN_CITE)
        yield Finding(CheckName.KEY, Severity.ERROR, "key", "uncitable-key", message, (key, bad), key, fix)


def _without(subject: Subject, pattern: re.Pattern[str]) -> Fix | None:
    """The key without these signs. Not certain: another engine may take it as it is, and documents may cite it."""
    left = _IN_CITE.sub("", pattern.sub("", subject.draft.key))
    return Fix(HEAD_KEY, left, is_certain=False) if left else None


def _each_once(chars: list[str]) -> str:
    return " ".join("a blank" if char.isspace() else char for char in dict.fromkeys(chars))
