"""Papers that the workloads begin with."""

from datetime import date

from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.services.import_plan import ImportInput, ImportOptions
from tests.faults.session import Session, bib_text

DAY = date(2026, 1, 1)


def import_text(session: Session, stem: str, count: int) -> None:
    """Imports so many papers as one step."""
    library = session.library
    plan = library.plan_import([ImportInput(f"{stem}.bib", bib_text(stem, count))], ImportOptions(DAY))
    library.apply_import(plan)


def ids(session: Session) -> list[PaperId]:
    """Papers outside the trash by id."""
    return [PaperId(one) for one in sorted(session.library.ids(Listing()))]
