"""One entry by the rules of tidying; one that holds anything but fields keeps its text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from refman.domain.fields import canonical_name
from refman.formats.bibfile.document import Document
from refman.formats.bibfile.tidy_rules import Rule
from refman.formats.bibtex.layout import in_order
from refman.formats.bibtex.parts import EntryPart, FieldPart
from refman.formats.bibtex.plain_text import has_balanced_braces
from refman.formats.bibtex.values import operands

_BLANKS = " \t\r\n"


@dataclass(frozen=True, slots=True)
class _Line:
    """A field: its name, what stands round the equals sign, its value expression."""

    canonical: str
    name: str
    equals: str
    value: str

    def text(self, rules: Collection[Rule], width: int) -> str:
        """The field as it is to be written."""
        if Rule.ALIGN in rules:
            return f"{self.name:<{width}} = {self.value}"
        equals = " = " if Rule.INDENT in rules else self.equals
        return f"{self.name}{equals}{self.value}"


def tidy_entry(document: Document, entry: EntryPart, rules: Collection[Rule], *, newline: str) -> str:
    """The text of the entry by the rules, as it stands where something odd is in it."""
    raw = document.raw(entry)
    if not entry.is_sound:
        return raw
    ends = [entry.key_end, *(one.end for one in entry.fields)]
    starts = [*(one.start for one in entry.fields), entry.closing]
    gaps = [document.text[end:start] for end, start in zip(ends, starts, strict=True)]
    head = _head(document, entry, rules)
    if not head or not _are_plain(gaps):
        return raw
    lines = [_line(document.text, one, rules) for one in entry.fields]
    if None in lines:
        return raw
    return head + _body([line for line in lines if line], gaps, rules, newline=newline) + raw[-1]


def _head(document: Document, entry: EntryPart, rules: Collection[Rule]) -> str:
    """From the `@` to the key, "" when there is more in between than blanks."""
    text = document.text
    before, between = text[entry.start : entry.type_start], text[entry.type_end : entry.key_start]
    if before.strip(_BLANKS) != "@" or between.strip(_BLANKS) not in {"{", "("}:
        return ""
    kind, key = text[entry.type_start : entry.type_end], text[entry.key_start : entry.key_end]
    kind = kind.lower() if Rule.NAMES in rules and kind.isascii() else kind
    if Rule.INDENT in rules:
        before, between = "@", between.strip(_BLANKS)
    return f"{before}{kind}{between}{key}"


def _are_plain(gaps: Sequence[str]) -> bool:
    """A comma before each field, perhaps one behind the last, and blanks."""
    *before, last = (gap.strip(_BLANKS) for gap in gaps)
    return all(gap == "," for gap in before) and last in {"", ","}


def _line(text: str, one: FieldPart, rules: Collection[Rule]) -> _Line | None:
    equals = text[one.start + len(one.name) : one.value_start]
    if equals.strip(_BLANKS) != "=":
        return None
    name = one.name.lower() if Rule.NAMES in rules and one.name.isascii() else one.name
    value = _in_braces(one.value) if Rule.DELIMITERS in rules else one.value
    return _Line(canonical_name(one.name), name, equals, value)


def _in_braces(value: str) -> str:
    if value[:1] != '"' or not has_balanced_braces(value[1:-1]) or list(operands(value)) != [value]:
        return value
    return f"{{{value[1:-1]}}}"


def _body(lines: Sequence[_Line], gaps: Sequence[str], rules: Collection[Rule], *, newline: str) -> str:
    """From behind the key to the closing brace; gaps keep their places, whatever field comes there."""
    if Rule.FIELDS in rules:
        places = {name: place for place, name in enumerate(in_order(tuple(line.canonical for line in lines)))}
        # Of two fields with one name the first counts: they keep their order.
        lines = sorted(lines, key=lambda line: places[line.canonical])
    width = max((len(line.name) for line in lines), default=0)
    last = gaps[-1]
    has_comma = Rule.COMMAS in rules or "," in last
    if Rule.INDENT in rules:
        text = "".join(f",{newline}  {line.text(rules, width)}" for line in lines)
        return f"{text}{',' * has_comma}{newline}"
    text = "".join(gap + line.text(rules, width) for gap, line in zip(gaps, lines, strict=False))
    return text + (last if "," in last else f",{last}" if has_comma else last)
