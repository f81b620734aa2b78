"""A key renamed in the library, in a .bib and in the sources that cite it: everywhere or nowhere."""

import re

from refman.services.linking.rename_everywhere import plan_everywhere, rename_everywhere
from tests.faults.session import Session, bib_text
from tests.faults.workloads.papers import ids, import_text

NAME = "key renames in projects"
OPERATIONS = 15
_FILES = {"refs.bib": "@article{{{key},", "main.tex": "\\cite{{{key}}}", "two.tex": "See \\citep[p.~3]{{old1,{key}}}."}


def prepare(session: Session) -> None:
    import_text(session, "old", 10)
    project = session.folder / "project"
    project.mkdir()
    (project / "refs.bib").write_text(bib_text("old", 10), "utf-8")
    (project / "main.tex").write_text(
        "\\documentclass{article}\n\\begin{document}\n\\cite{old0}\n\\input{two}\n\\bibliography{refs}\n\\end{document}\n"
    )
    (project / "two.tex").write_text("See \\citep[p.~3]{old1,old0}.\n")


def operate(session: Session, number: int) -> None:
    plan = plan_everywhere(session.library.store, _key(number - 1), _key(number), project=session.folder / "project")
    rename_everywhere(session.library.store, plan)


def _key(number: int) -> str:
    return f"key{number}" if number else "old0"


def problem(session: Session, at: int) -> str:
    """What is wrong with the files when operation `at` was the last."""
    paper = session.library.papers(ids(session)[:1])[0]
    for name, form in _FILES.items():
        text = (session.folder / "project" / name).read_text("utf-8")
        if form.format(key=paper.key) not in text:
            found = re.findall(r"\bkey\d+|\bold0\b", text)
            return f"{name} has {found} and the library {paper.key}"
    return ""
