"""Identifiers in addresses: the DOI of a resolver link, the arXiv id of a link to arXiv."""

import re
from urllib.parse import SplitResult, unquote, urlsplit

from refman.domain.field_values import find_arxiv_id, find_doi

_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
_ARXIV_HOSTS = frozenset({"arxiv.org", "www.arxiv.org", "export.arxiv.org", "browse.arxiv.org"})
_ARXIV_PATH = re.compile(r"/(?:abs|pdf|html|format|ps|src|e-print)/(.+?)(?:\.pdf)?/?")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_VERSION = re.compile(r"v\d+\Z")


def doi_of_url(url: str) -> str:
    """The DOI that a link to a DOI resolver names, else ""."""
    parts = _split(url)
    if not parts or (parts.hostname or "").lower() not in _DOI_HOSTS:
        return ""
    return find_doi(unquote(parts.path).lstrip("/"))


def arxiv_id_of_url(url: str) -> str:
    """The arXiv id, version included, that a link to arXiv or to arXiv's DOI names, else ""."""
    parts = _split(url)
    if parts and (parts.hostname or "").lower() in _ARXIV_HOSTS:
        path = _ARXIV_PATH.fullmatch(unquote(parts.path))
        return find_arxiv_id(path[1]) if path else ""
    return arxiv_id_of_doi(doi_of_url(url))


def arxiv_id_of_doi(doi: str) -> str:
    """The arXiv id inside a DOI that arXiv gave (`10.48550/arXiv.2605.06651`), else ""."""
    match = _ARXIV_DOI.fullmatch(doi)
    return find_arxiv_id(match[1]) if match else ""


def without_version(arxiv_id: str) -> str:
    """`2605.06651v2` to `2605.06651`: the paper, not one state of it."""
    return _VERSION.sub("", arxiv_id)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        # Such as an unclosed bracket in the host.
        return None
    return parts if parts.scheme.lower() in {"http", "https"} else None
