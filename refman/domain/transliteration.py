"""Text in Latin letters without accents, case kept: what citation keys are made of."""

import unicodedata

from refman.domain.folding import fold

# One Latin spelling per letter, as passports and library catalogues simplify it; no sound is claimed.
_LETTERS = """
а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch
ъ= ы=y ь= э=e ю=iu я=ia і=i ї=i є=ie ґ=g ђ=dj ћ=c љ=lj њ=nj џ=dz ј=j
α=a β=b γ=g δ=d ε=e ζ=z η=e θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o
"""
_LOWER = {letter: latin for letter, _, latin in (pair.partition("=") for pair in _LETTERS.split())}
_PUNCTUATION = str.maketrans("‐‑‒–—―−’‘ʼ", "-------'''")


def to_ascii(text: str) -> str:
    """The text with ASCII characters only; characters without a Latin spelling (CJK among them) are dropped."""
    if text.isascii():
        return text
    return "".join(map(_spell, unicodedata.normalize("NFC", text).translate(_PUNCTUATION)))


def _spell(char: str) -> str:
    if char.isascii():
        return char
    folded = fold(char)
    spelled = "".join(_LOWER.get(part, part if part.isascii() else "") for part in folded)
    return spelled.capitalize() if char.isupper() else spelled
