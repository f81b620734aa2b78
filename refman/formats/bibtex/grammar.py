"""What BibTeX takes for a name, a value, an entry: regular expressions after bibtex.web 0.99d, sections 14 and 15.

BibTeX counts every brace, also one behind a backslash. All expressions are possessive: none of them can run wild.
"""

import re

NAME = r"[^\s\"#%'(),={}]++"
"""The name of a type, field or macro, or a number; BibTeX forbids a digit in front of a name, here it is read."""

# No brace, as ranges with the usual letters first: `re` looks at half as many things for each of them as for `[^{}]`,
# but not where case is ignored.
_FLAT = r"[ -z|~-\U0010ffff\x00-\x1f]*+"
BRACED = rf"\{{{_FLAT}(?:\{{{_FLAT}(?:\{{{_FLAT}(?:\{{{_FLAT}\}}{_FLAT})*+\}}{_FLAT})*+\}}{_FLAT})*+\}}"
"""A value in braces, up to four levels deep; deeper ones go through `Braces`."""

QUOTED = rf'"[^"{{}}]*+(?:{BRACED}[^"{{}}]*+)*+"'
_PART = rf"(?:{BRACED}|{QUOTED}|{NAME})"
VALUE = rf"{_PART}(?:\s*+#\s*+{_PART})*+"
"""A value expression: parts joined by `#`."""

FIELD_PATTERN = re.compile(rf"({NAME})\s*+=\s*+({VALUE})\s*+(?=[,)}}])")
NAME_PATTERN = re.compile(NAME)
BRACED_PATTERN = re.compile(BRACED)
QUOTED_PATTERN = re.compile(QUOTED)
SPACE_PATTERN = re.compile(r"\s*+")
# biber skips comments between fields; BibTeX stops at them.
GAP_PATTERN = re.compile(r"(?:\s++|%[^\r\n]*+)*+")
START_PATTERN = re.compile(rf"@\s*+({NAME})\s*+(?=([{{(])?)")
LINE_START_PATTERN = re.compile(rf"(?:\A|(?<=[\r\n]))[ \t]*+(?=@\s*+{NAME}\s*+[{{(])")
INLINE_START_PATTERN = re.compile(
    r"@(?:string\s*+[{(]|[a-z]++\s*+[{(]\s*+[^\s@,{}()\"=]++\s*+,)\s*+[a-z][\w-]*+\s*+=\s*+[\"{\w]", re.IGNORECASE
)
"""What can hardly be anything but the start of an entry or `@string`, wherever it stands. No repeat takes an `@`, so
that all searches through a text cost one pass."""
