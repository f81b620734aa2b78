"""Fifteen hundred texts that want to be taken for HTML or Markdown, the same ones on every run.

Each is a tag with an attribute that names something to load or to run, in one of the disguises that filters were fooled
with (the lists of OWASP and of those who clean HTML).
"""

import random
from collections.abc import Callable
from html import escape
from itertools import product
from urllib.parse import quote

COUNT = 1_500

_TAGS = """
a img image script svg iframe frame object embed applet link style meta base video audio source track input
button form isindex body html head table tr td th div p span b i u s font h1 h6 ul li dl blockquote pre code
hr br center math details summary marquee qt title textarea select template noscript xmp plaintext picture map
area bgsound
"""
_ATTRIBUTES = (
    'src="{}"',
    "src={}",
    "href='{}'",
    "background={}",
    'style="background-image:url({})"',
    "style='list-style-image:url(\"{}\")'",
    'style="@import url({})"',
    "data='{}'",
    "xlink:href='{}'",
    "srcset='{} 1x, {} 2x'",
    "poster='{}'",
    "action='{}'",
    "formaction={}",
    "longdesc='{}' lowsrc='{}' dynsrc='{}'",
    "ping='{}' href='{}'",
    "codebase='{}' classid='{}'",
    "http-equiv=refresh content='0;url={}'",
    "src=x onerror='fetch(\"{}\")'",
    "onload=\"location='{}'\" onmouseover=alert(1)",
    "width=1 src = `{}` ",
)
_MARKDOWN = (
    "![x]({})",
    '![x]({} "t")',
    "[x]({})",
    "<{}>",
    "![x][r]\n\n[r]: {}",
    "[![x]({})]({})",
    "> ![x]({})",
    "# ![x]({})",
    "- <img src='{}'>",
    "| ![x]({}) |\n|---|\n| <img src='{}'> |",
    "```\n```\n![x]({})",
    "&#33;[x]({})",
)


def _as_it_is(html: str) -> str:
    return html


def _in_capitals(html: str) -> str:
    return "".join(letter.upper() if place % 2 else letter for place, letter in enumerate(html))


def _in_numbers(html: str) -> str:
    return "".join(f"&#{ord(letter)}" if letter in "<>:/" else letter for letter in html)


def _in_hexadecimal(html: str) -> str:
    return "".join(f"&#x{ord(letter):06x};" if letter in "<>\"'" else letter for letter in html)


_DISGUISES: tuple[Callable[[str], str], ...] = (
    _as_it_is,
    _in_capitals,
    _in_numbers,
    _in_hexadecimal,
    escape,
    quote,
    lambda html: escape(escape(html)),
    lambda html: html.replace(" ", "/"),
    lambda html: html.replace(" ", "\t"),
    lambda html: html.replace(">", ""),
    lambda html: html.replace("<", "<<"),
    lambda html: html.replace("<", "\ufeff<"),
    lambda html: f"<qt>{html}</qt>",
    lambda html: f"<!DOCTYPE html><html><body>{html}",
    lambda html: f"<!-- --!>{html}<!--",
    lambda html: f"]]>{html}<![CDATA[",
    lambda html: f'"/>{html}',
    lambda html: f"'>{html}",
    lambda html: f"</title></textarea></style></script>{html}",
    lambda html: f"<b>{html}</b>",
    lambda html: f"<p>\u202e{html}",
)


def payloads(*places: str) -> list[str]:
    """So many different texts that name these places, one after the other."""
    chance = random.Random("payloads")
    tagged = [f"<{tag} {attribute}>x</{tag}>" for tag, attribute in product(_TAGS.split(), _ATTRIBUTES)]
    shapes = [(text, disguise) for text in (*tagged, *_MARKDOWN) for disguise in _DISGUISES]
    found: dict[str, None] = {}
    for number, (text, disguise) in enumerate(chance.sample(shapes, COUNT + 200)):
        found[" ".join(disguise(text.replace("{}", places[number % len(places)])).split(" "))] = None
    # These without any disguise as well, whatever chance says.
    plain = [text.replace("{}", place) for text in _MARKDOWN for place in places]
    return [*dict.fromkeys((*plain, *found))][:COUNT]
