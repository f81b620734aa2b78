"""Linked .bib files: a file and the library follow each other, and neither loses what the other did not know."""
