"""BibTeX and biblatex: reading, writing, names, TeX escapes."""
