"""`./dev fidelity`: what refman keeps of real .bib files, measured with the real programs."""
