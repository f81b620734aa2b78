"""Which words of a title a style must not write in lower case.

plain.bst and its kin lower all letters of a title but the first one and the first after a colon. Words with a capital
inside (`ResNets`, `3D`), acronyms (`AI`) and names (`Bayesian`) are put in braces: the word only, never punctuation
beside it; of a hyphenated word only the parts that need it (`{Q}-Learning`), the whole if all do (`{LL-LVM}`).
"""

import re
from functools import lru_cache

# Parts are joined by signs that belong to a word: O'Brien, U.S., C++, AT&T, A_B.
_PART = r"[^\W_]+(?:['’.&_][^\W_]+)*"
_WORD = re.compile(rf"{_PART}(?:[-‐‑–/]{_PART})*")
_PART_PATTERN = re.compile(_PART)
_POSSESSIVE = re.compile("['’]s?$")

_NAMES = """
Abel Abelian Ada African Airy American Arabic Archimedes Arnoldi Asian Atari Australia Australian Azuma Bach Banach
Bayes Bayesian Bellman Berlin Bernoulli Bernstein Bessel Bohr Boltzmann Boole Boolean Bose Brazil Bregman Britain
British Brownian Cambridge Canada Canadian Cantor Carlo Cartesian Catalan Cauchy Chebyshev Chernoff China Chinese
Cholesky Chomsky Choquet Cohen Coulomb Cox Cramer Dantzig Darwin Darwinian Dijkstra Dirac Dirichlet Einstein Elo
English Erdos Euclid Euclidean Euler Eulerian Europe European Fenchel Fermat Fermi Feynman Fibonacci Fisher Fokker
Fourier France French Fréchet Galerkin Galois Gauss Gaussian German Germany Gibbs Gödel Grassmann Grassmannian Greek
Gumbel Haar Hamilton Hamiltonian Hastings Hausdorff Hebbian Hebrew Heisenberg Helmholtz Hermite Hermitian Hessian
Hilbert Hindi Hoeffding Hopf Hopfield Hölder Huffman India Indian Ising Italian Italy Jacobi Jacobian Japan Japanese
Java Jensen Kalman Kantorovich Kepler Kolmogorov Korea Korean Kronecker Krylov Kullback Kutta Lagrange Lagrangian
Lanczos Langevin Laplace Laplacian Latin Lebesgue Legendre Leibler Leibniz Levy Linux Lipschitz London Lorentz
Lorenz Lyapunov Mahalanobis Malliavin Markov Markovian Mars Maxwell Mercer Mexico Minecraft Minkowski Monro Monte
Moreau Nash Navier Nesterov Newton Newtonian Noether Nyström Oxford Pareto Paris Parseval Peano Pearson Petri Planck
Poincaré Poisson Polyak Portuguese Prolog Pythagoras Python Rademacher Ramanujan Ramsey Rao Rayleigh Ricci Riemann
Riemannian Robbins Roman Rubik Runge Russia Russian Rydberg Schrödinger Schur Shannon Shapley Sinkhorn Skorokhod
Sobolev Sokoban Spain Spanish Stein Stiefel Stirling Stokes Sudoku Swiss Taylor Tetris Tikhonov Turing Turkish Unix
Vapnik Venn Wasserstein Weibull Welsh Weyl Wiener Wikipedia Yang Zermelo Zipf
"""
NAMES = frozenset(_NAMES.split())
"""Names of people, places, languages and games that titles of papers hold often; no common English words."""


def protected_spans(title: str, learned: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
    """Start and end of each stretch to put in braces, in order, none touching another; `learned` are more names.

    A title all in capitals says nothing about its words: none of them is protected.
    """
    if title.isupper() and len(_WORD.findall(title)) > 2:
        return []
    first_word, _, rest = title.partition(" ")
    if rest.islower() and not learned:
        # Without a capital nothing in it is an acronym or a name.
        return [] if first_word.islower() else list(_spans_of_run(first_word, learned))
    spans: list[tuple[int, int]] = []
    start = 0
    for run in title.split(" "):
        if not run.islower():
            spans += [(start + first, start + end) for first, end in _spans_of_run(run, learned)]
        start += len(run) + 1
    return spans


@lru_cache(maxsize=32768)
def _spans_of_run(run: str, learned: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """The spans of the words in a text without blanks; titles are made of few different ones."""
    return tuple(span for match in _WORD.finditer(run) for span in _spans_of_word(match, learned))


def _spans_of_word(word: re.Match[str], learned: frozenset[str]) -> list[tuple[int, int]]:
    parts = list(_PART_PATTERN.finditer(word.group()))
    needing = [part for part in parts if _needs_braces(part.group(), learned, is_alone=len(parts) == 1)]
    if len(needing) == len(parts):
        return [word.span()]
    return [(word.start() + part.start(), word.start() + part.end()) for part in needing]


def _needs_braces(part: str, learned: frozenset[str], *, is_alone: bool) -> bool:
    stem = _POSSESSIVE.sub("", part)
    if len(stem) == 1:
        # "A Survey" has an article, "A-Optimal" a letter; "I" is right nowhere in lower case.
        return stem.isupper() and not (is_alone and stem == "A")
    return any(char.isupper() for char in stem[1:]) or stem in NAMES or stem in learned
