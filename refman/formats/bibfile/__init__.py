"""A .bib as a file that belongs to somebody: read to the byte, changed in as few bytes as possible, merged."""
