"""arXiv's categories, a closed list: what a bare code such as `LG` most likely means.

Source: arXiv's category taxonomy (https://arxiv.org/category_taxonomy). An author page shows only what stands after the
dot, and several archives share some codes (`cs.CV` and `math.CV`): such a reading is a guess.
"""

from collections.abc import Iterator
from types import MappingProxyType

from refman.domain.frozen import dataclass

_CODES_OF_ARCHIVE = MappingProxyType(
    {
        # The order is the order of preference for a shared code.
        "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO"
        " SC SD SE SI SY",
        "stat": "AP CO ME ML OT TH",
        "eess": "AS IV SP SY",
        "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
        "econ": "EM GN TH",
        "q-bio": "BM CB GN MN NC OT PE QM SC TO",
        "q-fin": "CP EC GN MF PM PR RM ST TR",
        "astro-ph": "CO EP GA HE IM SR",
        "nlin": "AO CD CG PS SI",
        "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
        "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph"
        " geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    }
)
_WITHOUT_DOT = (
    *("gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th", "quant-ph"),
    # Archives that old papers carry without a subject.
    *("astro-ph", "cond-mat"),
)


@dataclass(frozen=True, slots=True)
class Category:
    """A category as a page shows it. `primary_class` is arXiv's full name, "" for a code that arXiv does not have.

    `is_guess` says that several archives share the code, so `primary_class` was chosen, not read.
    """

    code: str
    primary_class: str = ""
    is_guess: bool = False


def _full_names() -> Iterator[str]:
    yield from _WITHOUT_DOT
    for archive, codes in _CODES_OF_ARCHIVE.items():
        yield from (f"{archive}.{code}" for code in codes.split())


PRIMARY_CLASSES = tuple(_full_names())
"""Every category by its full name: `hep-th`, `cs.LG`."""


def _by_spelling() -> dict[str, Category]:
    found: dict[str, Category] = {}
    for name in PRIMARY_CLASSES:
        code = name.rpartition(".")[2]
        first = found.get(code.lower())
        found[code.lower()] = Category(code, first.primary_class, True) if first else Category(code, name)
    return found | {name.lower(): Category(name, name) for name in PRIMARY_CLASSES}


_BY_SPELLING = MappingProxyType(_by_spelling())


def is_known(code: str) -> bool:
    """True for a code or full name of arXiv, in any case."""
    return code.lower() in _BY_SPELLING


def category_of(code: str) -> Category:
    """What a code (`LG`, `hep-th`) or full name (`cs.LG`) in any case means; an unknown one is kept as it stands.

    A known code comes back in arXiv's spelling.
    """
    return _BY_SPELLING.get(code.lower()) or Category(code)
