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

_ASTRONOMY = r"""
aj Astronomical Journal | actaa Acta Astronomica | araa Annual Review of Astronomy and Astrophysics
apj Astrophysical Journal | apjl Astrophysical Journal Letters | apjlett Astrophysical Journal Letters
apjs Astrophysical Journal Supplement | apjsupp Astrophysical Journal Supplement | ao Applied Optics
apss Astrophysics and Space Science | aap Astronomy and Astrophysics | aapr Astronomy and Astrophysics Reviews
aaps Astronomy and Astrophysics Supplement | azh Astronomicheskii Zhurnal
baas Bulletin of the American Astronomical Society | caa Chinese Astronomy and Astrophysics
cjaa Chinese Journal of Astronomy and Astrophysics | icarus Icarus
jcap Journal of Cosmology and Astroparticle Physics | jrasc Journal of the Royal Astronomical Society of Canada
memras Memoirs of the Royal Astronomical Society | mnras Monthly Notices of the Royal Astronomical Society
na New Astronomy | nar New Astronomy Review | nat Nature | iaucirc IAU Circulars | aplett Astrophysics Letters
apspr Astrophysics Space Physics Research | bain Bulletin of the Astronomical Institutes of the Netherlands
fcp Fundamentals of Cosmic Physics | gca Geochimica et Cosmochimica Acta | grl Geophysical Research Letters
jcp Journal of Chemical Physics | jgr Journal of Geophysical Research
jqsrt Journal of Quantitative Spectroscopy and Radiative Transfer
memsai Memorie della Societa Astronomica Italiana | nphysa Nuclear Physics A | physrep Physics Reports
physscr Physica Scripta | planss Planetary and Space Science | pra Physical Review A | prb Physical Review B
prc Physical Review C | prd Physical Review D | pre Physical Review E | prl Physical Review Letters
pasa Publications of the Astronomical Society of Australia
pasp Publications of the Astronomical Society of the Pacific | pasj Publications of the Astronomical Society of Japan
procspie Proceedings of the SPIE | qjras Quarterly Journal of the Royal Astronomical Society
rmxaa Revista Mexicana de Astronomia y Astrofisica | skytel Sky and Telescope | solphys Solar Physics
sovast Soviet Astronomy | ssr Space Science Reviews | zap Zeitschrift fuer Astrophysik
"""

JOURNAL_COMMANDS = MappingProxyType(
    dict(entry.strip().split(" ", 1) for line in _ASTRONOMY.strip().splitlines() for entry in line.split("|"))
)
"""Command of the classes of astronomy (aastex, aa, mnras; the list of ADS) to the journal that it prints."""
