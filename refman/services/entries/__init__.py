"""The BibTeX of papers under the hands of a person: raw entries, macros, crossrefs."""
