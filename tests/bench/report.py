"""Figures of several sizes of library: as a table, as JSON, and compared with those recorded before."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.bench.measure import Figure, machine

_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"
_SLOWER = 1.5
"""A ratio so many times the recorded one is told: less is noise on a machine that does other things."""
_MS_OF_NOISE = 2.0
"""Differences below this are no matter, whatever their ratio."""


@dataclass(slots=True)
class Report:
    """Name of figure to size of library to figure, with the machine they were taken on."""

    taken_on: dict[str, str] = field(default_factory=machine)
    figures: dict[str, dict[int, Figure]] = field(default_factory=dict)

    def add(self, papers: int, figure: Figure) -> None:
        """One figure of one library."""
        self.figures.setdefault(figure.name, {})[papers] = figure

    def take(self, other: "Report") -> None:
        """Figures of a newer run replace those of the same name and size."""
        self.taken_on = other.taken_on
        for by_size in other.figures.values():
            for papers, figure in by_size.items():
                self.add(papers, figure)

    def store(self, path: Path) -> None:
        """Writes machine and figures as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        figures = {
            name: {str(papers): figure.as_json() for papers, figure in sorted(by_size.items())}
            for name, by_size in self.figures.items()
        }
        path.write_text(json.dumps({"machine": self.taken_on, "figures": figures}, indent=2) + "\n", encoding="utf-8")

    def text(self) -> str:
        """Machine and table as Markdown."""
        taken_on = "\n".join(f"- {name}: {value}" for name, value in self.taken_on.items())
        sizes = sorted({papers for by_size in self.figures.values() for papers in by_size})
        heads = ["figure", *(f"{papers:,} papers" for papers in sizes), "10x papers", "goal"]
        rows = [heads, ["---"] * len(heads)]
        for name, by_size in self.figures.items():
            cells = [_cell(by_size.get(papers)) for papers in sizes]
            rows.append([name, *cells, _growth(by_size), _goals(by_size)])
        return f"{taken_on}\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def write_table(self, path: Path) -> None:
        """Puts the table between its marks in a Markdown file."""
        before, _, rest = path.read_text(encoding="utf-8").partition(_BEGIN)
        _, _, after = rest.partition(_END)
        path.write_text(f"{before}{_BEGIN}\n{self.text()}\n{_END}{after}", encoding="utf-8")


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    ratio = f"; {figure.ratio:.2f}x floor" if figure.ratio is not None else ""
    return f"{figure.median:.3g} {figure.unit} (min {figure.minimum:.3g}{ratio})"


def _growth(by_size: dict[int, Figure]) -> str:
    """What ten times the papers cost, from the two largest sizes that are ten times apart."""
    pairs = [(papers, papers * 10) for papers in sorted(by_size) if papers * 10 in by_size]
    if not pairs or not by_size[pairs[-1][0]].median:
        return ""
    small, large = pairs[-1]
    return f"{by_size[large].median / by_size[small].median:.1f}x"


def _goals(by_size: dict[int, Figure]) -> str:
    goals = [by_size[papers].goal for papers in sorted(by_size)]
    return ", ".join(dict.fromkeys(goal for goal in goals if goal))


def load(path: Path) -> Report:
    """A stored report; an empty one where there is none."""
    if not path.exists():
        return Report()
    stored = json.loads(path.read_text(encoding="utf-8"))
    known = set(asdict(Figure("", "", 0, 0)))
    report = Report(stored["machine"])
    for by_size in stored["figures"].values():
        for papers, values in by_size.items():
            figure = Figure(**{name: value for name, value in values.items() if name in known})
            report.add(int(papers), figure)
    return report


def slower_than(recorded: Report, present: Report) -> list[str]:
    """Sentences about figures whose ratio to their floor has grown. Seconds are never compared: machines differ."""
    told: list[str] = []
    for name, by_size in present.figures.items():
        for papers, figure in by_size.items():
            before = recorded.figures.get(name, {}).get(papers)
            if before is not None and _is_slower(before, figure):
                told.append(f"slower: {name}, {papers:,} papers: {figure.ratio:.2f}x floor, was {before.ratio:.2f}x")
    return told


def _is_slower(before: Figure, now: Figure) -> bool:
    if before.ratio is None or now.ratio is None or now.floor is None:
        return False
    is_noise = now.unit == "ms" and now.median - before.ratio * now.floor < _MS_OF_NOISE
    return now.ratio > _SLOWER * before.ratio and not is_noise
