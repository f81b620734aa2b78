"""Checks of the quality of papers and .bib files, their fixes, and tidying."""
