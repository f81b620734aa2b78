"""Runs the real programs on an export and says what they complain about."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

_QUIET = re.compile(r"may have changed|Rerun|re-?run|Empty bibliography|rerunfilecheck", re.IGNORECASE)
_COMPLAINT = re.compile(r"^(?:!.*|.*\bWarning:.*)$", re.MULTILINE)
_NATBIB = "\\usepackage{natbib}\n"
_BIBTEX_TEX = r"""\documentclass{article}
\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage{url}
%s\begin{document}
\nocite{%s}
\bibliographystyle{%s}
\bibliography{refs}
\end{document}
"""
_BIBLATEX_TEX = r"""\documentclass{article}
\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}
%s\usepackage[backend=biber,style=%s,maxbibnames=99]{biblatex}
\addbibresource{refs.bib}
\begin{document}
%s
\printbibliography
\end{document}
"""


def run_bibtex(folder: Path, bib: str, style: str, *, cited: Sequence[str] = ("*",)) -> tuple[str, list[str]]:
    """The .bbl that BibTeX makes with a style, and every complaint of BibTeX and LaTeX about it.

    With `cited` only these keys are.
    """
    (folder / "refs.bib").write_text(bib, "utf-8")
    natbib = _NATBIB if style.endswith("nat") else ""
    (folder / "main.tex").write_text(_BIBTEX_TEX % (natbib, ",".join(cited), style), "utf-8")
    (folder / "main.aux").write_text(
        "".join(f"\\citation{{{key}}}\n" for key in cited) + f"\\bibdata{{refs}}\n\\bibstyle{{{style}}}\n", "utf-8"
    )
    said = _run(folder, "bibtex", "main")
    complaints = [line for line in said.splitlines() if re.match(r"Warning--|.*---line|I .*|.*error message", line)]
    bbl = (folder / "main.bbl").read_text("utf-8", "backslashreplace")
    return bbl, complaints + _latex(folder, runs=2 if "*" not in cited or "crossref" in bib else 1)


def run_biber(
    folder: Path, bib: str, style: str, *, preamble: str = "", body: str = r"\nocite{*}"
) -> tuple[str, list[str]]:
    """The .bbl that biber makes for a biblatex style, and every complaint of biber and LaTeX."""
    (folder / "refs.bib").write_text(bib, "utf-8")
    (folder / "main.tex").write_text(_BIBLATEX_TEX % (preamble, style, body), "utf-8")
    _latex(folder)
    complaints = _biber_complaints(_run(folder, "biber", "main"))
    return (folder / "main.bbl").read_text("utf-8"), complaints + _latex(folder, runs=2)


def validate(folder: Path, bib: str) -> list[str]:
    """What biber finds wrong with a .bib by biblatex's data model."""
    (folder / "refs.bib").write_text(bib, "utf-8")
    return _biber_complaints(_run(folder, "biber", "--tool", "--validate-datamodel", "refs.bib"))


def _biber_complaints(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith(("WARN", "ERROR", "FATAL"))]


def _latex(folder: Path, *, runs: int = 1) -> list[str]:
    """What the last run complains of; a citation is only known to the second one."""
    for _ in range(runs):
        _run(folder, "pdflatex", "-interaction=nonstopmode", "-draftmode", "main.tex")
    log = (folder / "main.log").read_text("utf-8", "replace")
    # LaTeX breaks its lines at 79 characters; a complaint is told by how it begins.
    return [line for line in _COMPLAINT.findall(log) if not _QUIET.search(line)]


def _run(folder: Path, *command: str) -> str:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "max_print_line": "1000"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, timeout=120, check=False, stdin=subprocess.DEVNULL
    )
    return done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
