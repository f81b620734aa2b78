"""Where a paper is on the web."""

from urllib.parse import quote

from refman.domain.paper import Draft


def link_of(paper: Draft) -> str:
    """The address of its DOI, else its URL, else its eprint on arXiv; "" for none of them."""
    doi, url, eprint = paper.plain("doi"), paper.plain("url"), paper.plain("eprint")
    if doi:
        return f"https://doi.org/{quote(doi, safe='/:;().')}"
    if url.startswith(("http://", "https://")):
        return url
    is_arxiv = paper.plain("archiveprefix").lower() in ("", "arxiv")
    return f"https://arxiv.org/abs/{quote(eprint, safe='/.')}" if eprint and is_arxiv else ""
