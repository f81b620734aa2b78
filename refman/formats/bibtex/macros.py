"""The macros that BibTeX styles define themselves."""

from types import MappingProxyType

from refman.domain.dates import MONTH_MACROS, MONTH_NAMES

_JOURNALS = {
    "acmcs": "ACM Computing Surveys",
    "acta": "Acta Informatica",
    "cacm": "Communications of the ACM",
    "ibmjrd": "IBM Journal of Research and Development",
    "ibmsj": "IBM Systems Journal",
    "ieeese": "IEEE Transactions on Software Engineering",
    "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits",
    "ipl": "Information Processing Letters",
    "jacm": "Journal of the ACM",
    "jcss": "Journal of Computer and System Sciences",
    "scp": "Science of Computer Programming",
    "sicomp": "SIAM Journal on Computing",
    "tocs": "ACM Transactions on Computer Systems",
    "tods": "ACM Transactions on Database Systems",
    "tog": "ACM Transactions on Graphics",
    "toms": "ACM Transactions on Mathematical Software",
    "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems",
    "tcs": "Theoretical Computer Science",
}

MONTHS = MappingProxyType(dict(zip(MONTH_MACROS, MONTH_NAMES, strict=True)))
"""`jan` to `January`; every BibTeX style and biber define them."""

STYLE_MACROS = MappingProxyType({**MONTHS, **_JOURNALS})
"""What plain, abbrv, alpha and unsrt define (btxbst.doc); biber knows the months only."""
