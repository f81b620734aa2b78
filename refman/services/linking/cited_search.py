"""Fills in what `cited:` and `missing:` stand for: the keys that projects cite now, or cite and have in no .bib."""

from collections.abc import Sequence
from dataclasses import replace
from functools import singledispatch
from pathlib import Path

from refman.domain.links import LinkedFile
from refman.domain.query import And, Node, Not, Or
from refman.domain.query_files import Cited, is_of_project
from refman.services.linking.bib_keys import lacked_keys
from refman.services.linking.cited import cited_keys


def with_citations(node: Node, links: Sequence[LinkedFile]) -> Node:
    """The search with the keys of the projects that are meant, those that linked files are linked with.

    Cost: reads those sources of the projects that changed since the last time.
    """
    return _filled(node, links)


def reserved_keys(links: Sequence[LinkedFile]) -> frozenset[str]:
    """The keys, in lower case, that the projects of linked files cite: none of them is made for another paper.

    Cost: reads those sources that changed since the last time.
    """
    folders = {link.project for link in links if link.project}
    return frozenset(key.lower() for folder in folders for key in cited_keys(Path(folder)))


@singledispatch
def _filled(node: Node, links: Sequence[LinkedFile]) -> Node:
    return node


@_filled.register
def _(node: Cited, links: Sequence[LinkedFile]) -> Node:
    folders = {Path(link.project) for link in links if is_of_project(link.project, node.project)}
    keys = [(lacked_keys if node.is_missing else cited_keys)(folder) for folder in sorted(folders)]
    return replace(node, keys=frozenset().union(*keys))


@_filled.register
def _(node: Not, links: Sequence[LinkedFile]) -> Node:
    return Not(_filled(node.operand, links))


@_filled.register
def _(node: And, links: Sequence[LinkedFile]) -> Node:
    return And(tuple(_filled(operand, links) for operand in node.operands))


@_filled.register
def _(node: Or, links: Sequence[LinkedFile]) -> Node:
    return Or(tuple(_filled(operand, links) for operand in node.operands))
