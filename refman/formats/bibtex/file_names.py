"""Which fields name files; loads nothing."""

from refman.domain.paper import Draft

_FIELDS = frozenset({"file", "pdf", "localfile"})


def names_files(draft: Draft) -> bool:
    """True when an entry may have links to files."""
    return any(name in _FIELDS or name.startswith("bdsk-file-") for name in draft.fields)
