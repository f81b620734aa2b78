"""What a check looks at: one paper, value by value, as TeX where it was read from a .bib and as plain text else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from refman.domain.fields import FIELDS, Kind
from refman.domain.paper import Draft
from refman.domain.quality import CheckName, Finding, Fix, Severity
from refman.formats.bibtex.dialects import Dialect
from refman.formats.bibtex.values import operands


@dataclass(frozen=True, slots=True)
class Value:
    """One value. `tex` is what stands between the delimiters, None for typed values and for macros and chains.

    A value that is neither TeX nor typed (`source` but no `tex`) can be looked at but not mended by replacing text.
    """

    name: str
    plain: str
    source: str | None
    tex: str | None

    @property
    def text(self) -> str:
        """What is looked at: TeX, else plain text."""
        return self.plain if self.tex is None else self.tex

    @property
    def is_plain(self) -> bool:
        """True for what was typed, pasted or fetched."""
        return self.source is None

    def fix(self, text: str, *, is_certain: bool = True) -> Fix | None:
        """The fix that replaces the text, None where that cannot be done or changes nothing."""
        if text == self.text or (self.source is not None and self.tex is None):
            return None
        return Fix(self.name, text, is_certain=is_certain)

    def finding(
        self, check: CheckName, severity: Severity, code: str, *, said: str, arguments: tuple[str, ...] = (),
        fix: Fix | None = None,
    ) -> Finding:  # fmt: skip
        """A finding about this value; `said` is its sentence."""
        return Finding(check, severity, self.name, code, said, arguments, self.text, fix)


@dataclass(frozen=True)
class Subject:
    """A paper of the library or an entry of a file. Values that were derived do not count."""

    draft: Draft
    dialect: Dialect
    is_entry: bool = False
    """True for an entry of a file, which holds only what stands in it."""

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Fields and people by name, in the order of the paper."""
        found = {
            name: Value(name, value.plain, value.source, tex_of(value.source))
            for name, value in self.draft.fields.items()
            if not value.is_guess and (value.plain or value.source) and not self._is_derived(name)
        }
        for role, people in self.draft.people.items():
            if people.names and not people.is_guess:
                plain = " and ".join(name.display for name in people.names)
                found[role] = Value(role, plain, people.source, tex_of(people.source))
        return found

    def _is_derived(self, name: str) -> bool:
        """Year, month and day that a `date` gave: they stand in no field of the file."""
        value = self.draft.fields[name]
        date = self.draft.fields.get("date")
        return (
            name in {"year", "month", "day"}
            and value.source is None
            and date is not None
            and (date.source is not None or self.is_entry)
        )

    @cached_property
    def printed(self) -> Sequence[Value]:
        """Values that styles print as text: neither addresses and keys nor what stays in the library."""
        return [value for name, value in self.values.items() if _is_printed(name)]


_NOT_PRINTED = frozenset({"abstract", "keywords", "annote", "langid", "language", "key", "ranking", "readstatus"})
_NO_TEXT = frozenset({Kind.VERBATIM, Kind.KEYS, Kind.DATE, Kind.YEAR, Kind.MONTH, Kind.DAY, Kind.NUMBER})


def _is_printed(name: str) -> bool:
    """False for fields that no style knows (`mendeley-groups`), too."""
    field = FIELDS.get(name)
    if field is None or not field.bibtex_name:
        return False
    return name not in _NOT_PRINTED and field.kind not in _NO_TEXT


def tex_of(source: str | None) -> str | None:
    """The text between the delimiters of a value that is one delimited text, else None."""
    if not source or source[0] not in '{"' or source[-1] not in '}"':
        return None
    parts = list(operands(source))
    return source[1:-1] if len(parts) == 1 and parts[0] == source else None
