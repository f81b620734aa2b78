"""What no code of refman does: run what data says, build SQL of data, call a shell, show data as HTML."""

import ast
from collections.abc import Iterator

import pytest

from tests.source import sources, trees_are_dropped

__all__ = ["trees_are_dropped"]

pytestmark = pytest.mark.usefixtures("trees_are_dropped")

_MODULES_BANNED = {"pickle", "marshal", "shelve", "dill", "yaml", "xml", "lxml", "ftplib", "telnetlib", "imp"}
_NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "nntplib", "poplib", "requests", "smtplib",
    "socketserver", "ssl",
    "urllib3", "websockets", "xmlrpc",
}  # fmt: skip
"""What speaks to other machines. refman has no network access: there is nothing that an address could be sent to."""
_NETWORK_PARTS = {"urllib.request", "PySide6.QtNetwork", "PySide6.QtWebSockets", "logging.handlers"}
_QT_OF_PAGES = "PySide6.QtWebEngine"
_SOCKETS = {"socketpair": "a pipe within the process", "gethostname": "the name of this machine"}
_LOG_FILES = "refman/app/logs.py"
_SECRETS = ("password", "passwd", "secret", "credential", "api_key", "apikey", "access_token", "keyring")
_CALLS_BANNED = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "subprocess.getoutput"}
_RUNS_CODE = {"refman/domain/frozen.py": "the constructor of a class, made of the names of its own fields"}
_BY_NAME = {
    "refman/formats/registry.py": "the names of refman's own formats",
    "refman/app/late_modules.py": "refman's own modules",
    "refman/cli/main.py": "refman's own commands",
}
"""Where modules are loaded by a name that is no constant."""
_SQL_OF_PARTS = {
    "refman/storage/checking.py": "names of indexes, a number of ours",
    "refman/storage/half_undone.py": "ON or OFF",
    "refman/storage/schema.py": "the schema itself",
    "refman/storage/search/backward.py": "names of columns",
    "refman/storage/search/plan.py": "parts of `Sql`, whose values are parameters",
    "refman/storage/search/sources.py": "names of columns, parts of `Sql`",
    "refman/storage/search_index.py": "names of columns",
    "refman/storage/sqlite.py": "our own settings",
}
"""Where SQL is put together, and of what; never of anything that a person or a file says."""
_SQL = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "DROP ", "PRAGMA ", "ATTACH ", "ALTER ")
_TIP_MAKERS = {"tr", "translate", "plain_tip", "accessibleName", "plain"}
_TIPS_OF_OURS = {
    "refman/ui/detail/files_tab.py": "name",
    "refman/ui/detail/form.py": "hint",
    "refman/ui/dialogs/names_editor.py": "name",
    "refman/ui/menus.py": "the names of commands",
    "refman/ui/sidebar/rail.py": "name",
    "refman/ui/widgets/chip.py": "name",
    "refman/ui/widgets/section_header.py": "name",
}
"""Tool tips of names that are refman's own, given as a variable."""
_LABELS = {
    "refman/ui/detail/head.py": "the line of authors, escaped: each is a link",
    "refman/ui/dialogs/about.py": "a picture",
    "refman/ui/widgets/looks.py": "set to plain text",
    "refman/ui/widgets/section_header.py": "set to plain text",
}
"""Where labels are made."""


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{_name(value)}.{name}"
    return "?"


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def banned_imports(tree: ast.AST) -> Iterator[int]:
    """Lines that import what makes objects of bytes, reads XML, or speaks to machines in the clear."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
        if any(name.partition(".")[0] in _MODULES_BANNED for name in names):
            yield node.lineno


def speaks_to_machines(tree: ast.AST) -> Iterator[int]:
    """Lines that import a module of the network, or take more of `socket` than what stays in this machine."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                modules = [one.name for one in names]
            case ast.ImportFrom(module=str(module), names=names):
                modules = [module, *(f"{module}.{one.name}" for one in names)]
            case ast.Attribute(value=ast.Name(id="socket"), attr=name) if name not in _SOCKETS:
                yield node.lineno
                continue
            case _:
                continue
        if any(_is_network(module) for module in modules):
            yield node.lineno


def _is_network(module: str) -> bool:
    # `from socket import ...` hides what is used.
    is_hidden = module.startswith("socket.")
    named = module.partition(".")[0] in _NETWORK or module in _NETWORK_PARTS
    return named or is_hidden or module.startswith(_QT_OF_PAGES)


def keeps_secrets(tree: ast.AST) -> Iterator[int]:
    """Lines whose names or texts speak of what must not be kept in the clear."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=text) | ast.Attribute(attr=text) | ast.arg(arg=text) | ast.Constant(value=str(text)):
                if any(word in text.lower() for word in _SECRETS):
                    yield node.lineno
            case _:
                pass


def banned_calls(tree: ast.AST) -> Iterator[int]:
    """Lines that run code of texts, or a shell."""
    for call in _calls(tree):
        is_shell = any(one.arg == "shell" and not _is_false(one.value) for one in call.keywords)
        if _name(call.func) in _CALLS_BANNED or is_shell:
            yield call.lineno


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def loads_by_name(tree: ast.AST) -> Iterator[int]:
    """Lines that import a module whose name is not written there."""
    for call in _calls(tree):
        if _name(call.func).rpartition(".")[2] == "import_module" and not isinstance(call.args[0], ast.Constant):
            yield call.lineno


def sql_of_parts(tree: ast.AST) -> Iterator[int]:
    """Lines with SQL in an f-string, in `format`, or put together with `%` and a value."""
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]) if len(node.values) > 1:
                start = text
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")):
                start = text
            case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod()):
                start = text
            case _:
                continue
        if start.lstrip().startswith(_SQL):
            yield node.lineno


def tips_of_data(tree: ast.AST) -> Iterator[int]:
    """Lines that give a variable to `setToolTip`, which takes what looks like HTML for HTML."""
    for call in _calls(tree):
        if _name(call.func).rpartition(".")[2] == "setToolTip" and not _is_plain(call.args[-1]):
            yield call.lineno


def _is_plain(node: ast.expr) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.IfExp(body=body, orelse=orelse):
            return _is_plain(body) and _is_plain(orelse)
        case ast.Call(func=function):
            return _name(function).rpartition(".")[2] in _TIP_MAKERS
    return False


def labels_made(tree: ast.AST) -> Iterator[int]:
    """Lines that make a label by hand, or one that takes rich text."""
    return (call.lineno for call in _calls(tree) if _name(call.func).rpartition(".")[2] in {"QLabel", "LinkLabel"})


def test_nothing_makes_objects_of_bytes() -> None:
    assert [f"{one.name}:{line}" for one in sources("refman") for line in banned_imports(one.tree)] == []


def test_nothing_speaks_to_other_machines() -> None:
    found = {one.name: list(speaks_to_machines(one.tree)) for one in sources("refman")}
    assert {name for name, lines in found.items() if lines} == {_LOG_FILES}


def test_nothing_keeps_secrets() -> None:
    """There is no account; whoever adds one needs the keyring of the system, and this test to say where it is asked."""
    assert [f"{one.name}:{line}" for one in sources("refman") for line in keeps_secrets(one.tree)] == []


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (banned_calls, _RUNS_CODE),
        (loads_by_name, _BY_NAME),
        (sql_of_parts, _SQL_OF_PARTS),
        (tips_of_data, _TIPS_OF_OURS),
        (labels_made, _LABELS),
    ],
)
def test_what_is_dangerous_with_data_is_done_where_there_is_none(rule: object, allowed: dict[str, str]) -> None:
    assert callable(rule)
    found = {one.name: list(rule(one.tree)) for one in sources("refman")}
    assert {name: lines for name, lines in found.items() if lines and name not in allowed} == {}
    assert [name for name in allowed if not found.get(name)] == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (banned_imports, "import pickle"),
        (banned_imports, "from xml.etree import ElementTree"),
        (banned_imports, "def f():\n    import yaml"),
        (speaks_to_machines, "import urllib.request"),
        (speaks_to_machines, "from urllib import request"),
        (speaks_to_machines, "from http.client import HTTPSConnection"),
        (speaks_to_machines, "from PySide6.QtNetwork import QNetworkAccessManager"),
        (speaks_to_machines, "from PySide6 import QtNetwork"),
        (speaks_to_machines, "from PySide6.QtWebEngineWidgets import QWebEngineView"),
        (speaks_to_machines, "import socket\nsocket.create_connection(address)"),
        (speaks_to_machines, "from socket import create_connection"),
        (keeps_secrets, "def log_in(password): pass"),
        (keeps_secrets, "settings['api_key']"),
        (banned_calls, "eval(text)"),
        (banned_calls, "import os\nos.system(text)"),
        (banned_calls, "import subprocess\nsubprocess.run(text, shell=True)"),
        (banned_calls, "run(text, shell=wanted)"),
        (loads_by_name, "import importlib\nimportlib.import_module(name)"),
        (sql_of_parts, "execute(f'SELECT * FROM paper WHERE title = {title}')"),
        (sql_of_parts, "execute('DELETE FROM {}'.format(table))"),
        (sql_of_parts, "execute('UPDATE paper SET title = %s' % title)"),
        (tips_of_data, "self.setToolTip(paper.title)"),
        (tips_of_data, "item.setToolTip(0, text if text else '')"),
        (labels_made, "QtWidgets.QLabel(title)"),
    ],
)
def test_each_rule_bites(rule: object, code: str) -> None:
    assert callable(rule)
    assert list(rule(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    ["run(list, shell=False)", "execute('SELECT 1')", "f'{a} SELECT'", "x.setToolTip(plain_tip(a) if b else '')"],
)
def test_each_rule_lets_pass_what_is_harmless(code: str) -> None:
    tree = ast.parse(code)
    assert [*banned_imports(tree), *banned_calls(tree), *sql_of_parts(tree), *tips_of_data(tree)] == []
