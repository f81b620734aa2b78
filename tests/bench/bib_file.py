"""The seeded papers as a .bib, made once and kept in the cache folder."""

from pathlib import Path

from refman.domain.paper import Draft
from tests.bench.library import cache_folder
from tests.bench.papers import GENERATOR, drafts


def bench_bib(papers: int) -> Path:
    """The path of a .bib of `papers` entries with abstracts (180 MB for 100,000)."""
    path = cache_folder() / f"papers-{papers}-g{GENERATOR}.bib"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        with open(unfinished, "w", encoding="utf-8") as file:
            file.writelines(map(_entry, drafts(papers)))
        unfinished.rename(path)
    return path


def _entry(draft: Draft) -> str:
    names = " and ".join(f"{name.family}, {name.given}" for name in draft.authors)
    values = {"author": names, **{name: value.plain for name, value in draft.fields.items()}}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in values.items())
    return f"@{draft.type}{{{draft.key},\n{lines}}}\n\n"
