"""A linked .bib: the library writes into it, somebody else writes into it, both come together."""

import os

from refman.domain.links import WriteWhen
from refman.services.linking.facade import Links, links_of
from refman.services.linking.linking import LinkOptions
from tests.faults.session import Session, bib_text
from tests.faults.workloads.papers import ids, import_text

NAME = "linked files"
OPERATIONS = 18
_FILE = "refs.bib"
_HEAD = "% Mine, by hand.\n@string{press = {A Press}}\n\n"
_END = "\n% the end\n"


def prepare(session: Session) -> None:
    import_text(session, "old", 25)
    (session.folder / _FILE).write_text(_HEAD + bib_text("old", 25) + _END, "utf-8")


def operate(session: Session, number: int) -> None:
    links = links_of(session.library)
    match number % 3:
        case 1:
            session.library.edit(ids(session)[number], {"title": f"Title {number}"})
        case 2:
            _sync(session, links)
        case _:
            _write_by_hand(session, number)
            _sync(session, links)


def _sync(session: Session, links: Links) -> None:
    path = session.folder / _FILE
    if not links.all():
        links.link(path, LinkOptions(when=WriteWhen.REQUEST))
    links.sync(path)


def _write_by_hand(session: Session, number: int) -> None:
    """As a good editor does: whole or not at all, also when the power goes."""
    path = session.folder / _FILE
    text = path.read_text("utf-8")
    if _line(number) in text:
        return
    other = session.folder / "editor.swp"
    with other.open("w", encoding="utf-8") as file:
        file.write(text.replace(_END, f"\n{_line(number)}{_END}"))
        file.flush()
        os.fsync(file.fileno())
    os.replace(other, path)
    folder = os.open(session.folder, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _line(number: int) -> str:
    return f"@misc{{hand{number}, title = {{Written by hand {number}}}, year = 1999}}\n"


def problem(session: Session, at: int) -> str:
    """What is wrong with the file when operation `at` was the last."""
    text = (session.folder / _FILE).read_text("utf-8")
    if not text.startswith(_HEAD) or not text.endswith(_END):
        return "the linked file lost its head or its end"
    lost = [number for number in range(3, at + 1, 3) if _line(number) not in text]
    if lost:
        return f"the linked file lost what was written by hand in {lost}"
    if text.count("@article{") != 25 or text.count("{") != text.count("}"):
        return "the linked file has not all of its entries whole"
    return ""
