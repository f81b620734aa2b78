"""TeX's accents and symbols and the characters they print, for both directions.

Only commands of the LaTeX kernel (2020 and later) stand here: an export must compile without packages.
"""

import unicodedata

ACCENT_SIGNS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    '"': "\u0308",
}
"""Accents written with a sign: `\\'e`."""

ACCENT_WORDS = {
    "u": "\u0306",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "textcommabelow": "\u0326",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
"""Accents written with a word: `\\v c`."""

SPACING_ACCENTS = {
    "\u0300": "`",
    "\u0301": "´",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "¯",
    "\u0306": "˘",
    "\u0307": "˙",
    "\u0308": "¨",
    "\u030a": "˚",
    "\u030b": "˝",
    "\u030c": "ˇ",
    "\u0327": "¸",
    "\u0328": "˛",
}
"""What an accent over nothing prints (`\\^{}`)."""

LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}

_TEXT = """
ß ss  æ ae  Æ AE  œ oe  Œ OE  ø o  Ø O  ł l  Ł L  å aa  Å AA  ı i  ȷ j  đ dj  Đ DJ  ð dh  Ð DH  þ th  Þ TH  ŋ ng
Ŋ NG  § S  ¶ P  © copyright  ® textregistered  ™ texttrademark  £ pounds  € texteuro  ¥ textyen  ¢ textcent
¤ textcurrency  ° textdegree  † textdagger  ‡ textdaggerdbl  • textbullet  … ldots  ¿ textquestiondown
¡ textexclamdown  · textperiodcentered  « guillemotleft  » guillemotright  „ quotedblbase  ‚ quotesinglbase
‹ guilsinglleft  › guilsinglright  ‘ textquoteleft  ’ textquoteright  ª textordfeminine  º textordmasculine
№ textnumero  ‰ textperthousand  ½ textonehalf  ¼ textonequarter  ¾ textthreequarters  ¦ textbrokenbar  µ textmu
"""
_MATH = r"""
α \alpha  β \beta  γ \gamma  δ \delta  ε \varepsilon  ζ \zeta  η \eta  θ \theta  ι \iota  κ \kappa  λ \lambda
μ \mu  ν \nu  ξ \xi  π \pi  ρ \rho  ς \varsigma  σ \sigma  τ \tau  υ \upsilon  φ \varphi  χ \chi  ψ \psi
ω \omega  ϵ \epsilon  ϑ \vartheta  ϕ \phi  ϖ \varpi  ϱ \varrho  Γ \Gamma  Δ \Delta  Θ \Theta  Λ \Lambda  Ξ \Xi
Π \Pi  Σ \Sigma  Υ \Upsilon  Φ \Phi  Ψ \Psi  Ω \Omega  ± \pm  × \times  ÷ \div  ¬ \neg  ∓ \mp  ≤ \leq  ≥ \geq
≠ \neq  ≈ \approx  ≡ \equiv  ∼ \sim  ≃ \simeq  ≅ \cong  ∝ \propto  ≪ \ll  ≫ \gg  ∞ \infty  ∑ \sum  ∏ \prod
∫ \int  ∮ \oint  ∂ \partial  ∇ \nabla  √ \surd  ∈ \in  ∉ \notin  ∋ \ni  ⊂ \subset  ⊃ \supset  ⊆ \subseteq
⊇ \supseteq  ∪ \cup  ∩ \cap  ∧ \wedge  ∨ \vee  ∀ \forall  ∃ \exists  ∅ \emptyset  ← \leftarrow  → \rightarrow
↔ \leftrightarrow  ↑ \uparrow  ↓ \downarrow  ↦ \mapsto  ⇐ \Leftarrow  ⇒ \Rightarrow  ⇔ \Leftrightarrow
⟶ \longrightarrow  ⟵ \longleftarrow  ⊥ \perp  ∥ \parallel  ∣ \mid  ⟨ \langle  ⟩ \rangle  ⌈ \lceil  ⌉ \rceil
⌊ \lfloor  ⌋ \rfloor  ⊕ \oplus  ⊖ \ominus  ⊗ \otimes  ⊙ \odot  ∘ \circ  ⋅ \cdot  ⋯ \cdots  ∗ \ast  ⋆ \star
ℓ \ell  ℏ \hbar  ℜ \Re  ℑ \Im  ℵ \aleph  ∠ \angle  △ \triangle  ⊢ \vdash  ⊣ \dashv  ⊨ \models  ⊤ \top
∖ \setminus  ≺ \prec  ≻ \succ  ♭ \flat  ♮ \natural  ♯ \sharp  ♠ \spadesuit  ♡ \heartsuit  ♢ \diamondsuit
♣ \clubsuit  − -  ′ '  ″ ''  ⁰ ^{0}  ¹ ^{1}  ² ^{2}  ³ ^{3}  ⁴ ^{4}  ⁵ ^{5}  ⁶ ^{6}  ⁷ ^{7}  ⁸ ^{8}  ⁹ ^{9}
⁺ ^{+}  ⁻ ^{-}  ⁿ ^{n}  ⁱ ^{i}  ₀ _{0}  ₁ _{1}  ₂ _{2}  ₃ _{3}  ₄ _{4}  ₅ _{5}  ₆ _{6}  ₇ _{7}  ₈ _{8}  ₉ _{9}
₊ _{+}  ₋ _{-}
"""


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


TEXT_SYMBOLS = _pairs(_TEXT)
"""Character to the word that prints it in text: ß to `ss`."""

MATH_SYMBOLS = _pairs(_MATH)
"""Character to what prints it in math: α to `\\alpha`, ² to `^{2}`."""

# Letters of Greek words that look like Latin ones, and the accents of today's Greek; fonts of math have them all.
_GREEK_LIKE_LATIN = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True))
_PLAIN_GREEK = {
    **{char: tex for char, tex in MATH_SYMBOLS.items() if "\u0370" <= char <= "\u03ff"},
    **{char: f"\\mathrm{{{letter}}}" for char, letter in _GREEK_LIKE_LATIN.items()},
    "ο": "\\mathit{o}",
}
GREEK = {
    **_PLAIN_GREEK,
    **{unicodedata.normalize("NFC", f"{char}\u0301"): f"\\acute{{{tex}}}" for char, tex in _PLAIN_GREEK.items()},
    **{unicodedata.normalize("NFC", f"{char}\u0308"): f"\\ddot{{{tex}}}" for char, tex in _PLAIN_GREEK.items()},
    "ΐ": "\\acute{\\ddot{\\iota}}",
    "ΰ": "\\acute{\\ddot{\\upsilon}}",
}
"""Letter of a Greek word to what prints it in math."""

SPECIAL_CHARACTERS = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "&": "\\&",
    "%": "\\%",
    "$": "\\$",
    "#": "\\#",
    "_": "\\_",
    "{": "\\{",
    "}": "\\}",
    # In the old encoding OT1 these three print as ¡ ¿ and a dash.
    "<": "{\\textless}",
    ">": "{\\textgreater}",
    "|": "{\\textbar}",
}
"""What TeX or an old font takes for something else, and how it is written; the same for BibTeX and biblatex."""

WORDS = {
    **{word: char for char, word in TEXT_SYMBOLS.items()},
    **{tex[1:]: char for char, tex in MATH_SYMBOLS.items() if tex[0] == "\\" and tex[1:].isalpha()},
    "textbackslash": "\\",
    "backslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbraceleft": "{",
    "textbraceright": "}",
    "lbrace": "{",
    "rbrace": "}",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textdollar": "$",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textendash": "–",
    "textemdash": "—",
    "dots": "…",
    "textellipsis": "…",
    "textcopyright": "©",
    "textsterling": "£",
    "euro": "€",
    "EUR": "€",
    "dag": "†",
    "ddag": "‡",
    "textsection": "§",
    "textparagraph": "¶",
    "textpm": "±",
    "texttimes": "×",
    "textdiv": "÷",
    "textlnot": "¬",
    "textrightarrow": "→",
    "textleftarrow": "←",
    "le": "≤",
    "ge": "≥",
    "ne": "≠",
    "to": "→",
    "lnot": "¬",
    "varepsilon": "ε",
    "epsilon": "ϵ",
    "SS": "SS",
    "LaTeX": "LaTeX",
    "LaTeXe": "LaTeX2e",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "slash": "/",
    "quad": " ",
    "qquad": " ",
    "space": " ",
    "newline": " ",
    "linebreak": " ",
    "par": " ",
    "textvisiblespace": " ",
    "nobreakspace": " ",
    "thinspace": " ",
    "hfill": " ",
}
"""Command word to the text it prints."""

ENSURED = {tex: char for char, tex in (*GREEK.items(), *MATH_SYMBOLS.items()) if len(char) == 1}
"""The content of `\\ensuremath{...}` to the character it stands for."""
