"""Pages as people mean them: `--` between the ends of a range, whatever dash or hyphen was written."""

import re

_DASHES = re.compile(r"\s*(?:-{2,}|[‐-―−])\s*")
# One hyphen is a range between ends of one shape; "A-12" is a page of its own, "12-1--12-9" has hyphens in its ends.
_HYPHEN = re.compile(r"([A-Za-z]*)(\d+[A-Za-z]?)\s*-\s*\1(\d+[A-Za-z]?)")


def page_ranges(pages: str) -> str:
    """`613–620, 7-9` as `613--620, 7--9`; what is no range stays."""
    text = _DASHES.sub("--", pages)
    return re.sub(r"[^,;]+", lambda part: _part(part.group()), text)


def _part(text: str) -> str:
    stripped = text.strip()
    match = _HYPHEN.fullmatch(stripped)
    if not match:
        return text
    return text.replace(stripped, f"{match.group(1)}{match.group(2)}--{match.group(1)}{match.group(3)}")
