"""Where a paper is on the web."""

import pytest

from refman.domain.paper import Draft, FieldValue
from refman.ui.links import link_of


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({}, ""),
        ({"doi": "10.1000/a<b>"}, "https://doi.org/10.1000/a%3Cb%3E"),
        ({"doi": "10.1000/x", "url": "https://example.org"}, "https://doi.org/10.1000/x"),
        ({"url": "https://example.org/p"}, "https://example.org/p"),
        ({"url": "file:///etc/passwd"}, ""),
        ({"url": "javascript:alert(1)"}, ""),
        ({"eprint": "2006.06380"}, "https://arxiv.org/abs/2006.06380"),
        ({"eprint": "hep-th/9901001", "archiveprefix": "arXiv"}, "https://arxiv.org/abs/hep-th/9901001"),
        ({"eprint": "12345", "archiveprefix": "PubMed"}, ""),
    ],
)
def test_doi_then_url_then_eprint(fields: dict[str, str], link: str) -> None:
    assert link_of(Draft(fields={name: FieldValue(value) for name, value in fields.items()})) == link
