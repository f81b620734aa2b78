"""Formats that refman recognises but cannot read, so that the refusal can name them."""

import re

_SIGNS = (
    ("RIS", re.compile(r"\s*TY {1,2}- ?")),
    ("PubMed (nbib)", re.compile(r"\s*PMID- ?\d")),
    ("CSL-JSON", re.compile(r'\s*[\[{][^<]{0,2000}?"(?:type|id|title|issued)"\s*:', re.DOTALL)),
    ("EndNote XML", re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<xml>\s*<records>")),
    ("XML", re.compile(r"\s*<\?xml")),
    ("HTML", re.compile(r"\s*(?:<!doctype html|<html)", re.IGNORECASE)),
    ("LaTeX", re.compile(r"\s*(?:%[^\n]*\n\s*)*\\(?:documentclass|begin|input)\b")),
)


def foreign_format(text: str) -> str:
    """What a text looks like that no importer knows, "" when it looks like nothing; reads only its beginning."""
    beginning = text[:4000].lstrip("\ufeff")
    return next((name for name, sign in _SIGNS if sign.match(beginning)), "")
