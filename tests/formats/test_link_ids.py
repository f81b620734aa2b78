"""DOIs and arXiv ids in addresses."""

import pytest

from refman.formats.link_ids import arxiv_id_of_doi, arxiv_id_of_url, doi_of_url, without_version


@pytest.mark.parametrize(
    ("url", "arxiv_id"),
    [
        ("https://arxiv.org/abs/2605.06651", "2605.06651"),
        ("http://arxiv.org/abs/2605.06651v2", "2605.06651v2"),
        ("https://arxiv.org/pdf/2605.06651v2.pdf", "2605.06651v2"),
        ("https://www.arxiv.org/pdf/2605.06651#page=3", "2605.06651"),
        ("https://export.arxiv.org/html/2605.06651?x=1", "2605.06651"),
        ("https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://arxiv.org/abs/math.GT/0309136", "math.GT/0309136"),
        ("https://doi.org/10.48550/arXiv.2605.06651", "2605.06651"),
        ("https://arxiv.org/a/buesing_l_1", ""),
        ("https://arxiv.org/list/cs.LG/recent", ""),
        ("https://arxiv.org.evil.example/abs/2605.06651", ""),
        ("https://example.org/abs/2605.06651", ""),
        ("/abs/2605.06651", ""),
        ("javascript:alert(1)", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_arxiv_ids(url: str, arxiv_id: str) -> None:
    assert arxiv_id_of_url(url) == arxiv_id


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://doi.org/10.1000/xyz", "10.1000/xyz"),
        ("http://dx.doi.org/10.1000/x%2Fy", "10.1000/x/y"),
        (
            "https://doi.org/10.1002/(SICI)1097-0258(19980815)17:15%3C1661::AID-SIM968%3E3.0.CO;2-2",
            "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
        ),
        ("https://doi.org/", ""),
        ("https://example.org/10.1000/xyz", ""),
        ("mailto:a@doi.org", ""),
    ],
)
def test_dois(url: str, doi: str) -> None:
    assert doi_of_url(url) == doi


def test_arxivs_own_dois_hold_the_id() -> None:
    assert arxiv_id_of_doi("10.48550/ARXIV.2605.06651") == "2605.06651"
    assert arxiv_id_of_doi("10.48550/other") == ""
    assert arxiv_id_of_doi("10.1000/arXiv.2605.06651") == ""


def test_a_version_is_a_state_of_the_paper() -> None:
    assert without_version("2605.06651v12") == "2605.06651"
    assert without_version("hep-th/9901001") == "hep-th/9901001"
