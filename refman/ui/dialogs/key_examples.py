"""What patterns make of known papers, while they are typed in the preferences."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from refman.domain.citekeys import key_candidates
from refman.domain.errors import InvalidValue
from refman.domain.key_patterns import check_pattern, check_type_pattern, parts_of, patterns_of_names
from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, People

_TITLE = "The AI Co-Mathematician"


def _paper(entry_type: str) -> Draft:
    fields = {
        "title": _TITLE,
        "year": "2026",
        "month": "5",
        "journal": "Journal of Machine Learning Research",
        "pages": "11--29",
        "keywords": "agents, proofs",
    }
    authors = (Name(given="Daniel", family="Zheng"), Name(given="Ingrid", prefix="von", family="Glehn"))
    return Draft(
        type=entry_type,
        fields={name: FieldValue(value) for name, value in fields.items()},
        people={"author": People(authors), "editor": People((Name(given="Lars", family="Buesing"),))},
    )


def example_key(pattern: str) -> str:
    """What a pattern makes of a known paper. Raises: InvalidValue for a pattern that is none."""
    check_pattern(pattern)
    return next(iter(key_candidates(_paper("article"), pattern)))


def example_of_types(text: str) -> str:
    """`book: buesing2026, thesis: zheng2026`. Raises: InvalidValue for a part that is none."""
    shown = []
    for part in parts_of(text):
        check_type_pattern(part)
        for entry_type in part.partition("=")[0].split(","):
            name = entry_type.strip().lower()
            shown.append(f"{name}: {next(iter(key_candidates(_paper(name), f'[auth]; {part}')))}")
    return ", ".join(shown)


def example_of_libraries(text: str) -> str:
    """`thesis: Zheng26`. Raises: InvalidValue for a part that is none."""
    found = patterns_of_names(text)
    if text.strip() and len(found) < len(parts_of(text)):
        raise InvalidValue("bad-library-pattern", f'"{text}" names no library; write thesis = [auth][shortyear].', text)
    return ", ".join(f"{name}: {example_key(pattern)}" for name, pattern in found.items())


def _told_example(pattern: str) -> str:
    return QCoreApplication.translate("KeyExamples", "Example: {0}").format(example_key(pattern))


KEY_EXAMPLES: Mapping[str, Callable[[str], str]] = {
    "citation_key_pattern": _told_example,
    "citation_keys_of_types": example_of_types,
    "citation_keys_of_libraries": example_of_libraries,
}
"""By the names of the settings."""
