"""The rules of ARCHITECTURE that no tool knows, read from the source text."""

import ast
import importlib
import re
from collections.abc import Iterator

import grimp
import pytest

from tests.source import ROOT, Source, sources, trees_are_dropped

__all__ = ["trees_are_dropped"]

pytestmark = pytest.mark.usefixtures("trees_are_dropped")

_MAX_LINES = 300
_VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)")


def test_every_file_fits_one_idea() -> None:
    long = {source.name: lines for source in sources("refman") if (lines := source.text.count("\n")) > _MAX_LINES}
    assert long == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    everything = (*sources("refman"), *sources("tests"))
    parts = {part for source in everything for part in source.name.removesuffix(".py").split("/")}
    assert {part for part in parts if _VAGUE.search(part)} == set()


def test_every_test_folder_is_a_package_that_mirrors_a_room() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert {str(folder) for folder in folders if not (folder / "__init__.py").exists()} == set()
    own = {"bench", "data", "faults", "fidelity", "guards", "latex", "shots", "tour"}
    rooms = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()} - own
    assert {room for room in rooms if not (ROOT / "refman" / room).is_dir()} <= {"__pycache__"}


# Names and comments


_NAMES_BANNED_IN_REFMAN = {
    "processEvents": "re-enters handlers half-way",
    "QThread": "threads are in refman/ui/tasks.py",
    "Thread": "threads are in refman/ui/tasks.py",
    "sleep": "wait for an event, never for a time",
    "NotImplementedError": "no stubs",
}
_NAMES_BANNED_IN_TESTS = {
    "processEvents": "wait for a condition",
    "sleep": "wait for a condition",
    "qWait": "wait for a condition",
    "skip": "mark it with needs(program)",
    "skipif": "mark it with needs(program)",
    "importorskip": "the extra `test` brings every package",
    "xfail": "mend it",
}
_COMMENTS_BANNED = ("noqa", "type: ignore", "pragma: no cover", "TO" + "DO", "FIX" + "ME")


def test_no_banned_name_is_used() -> None:
    found = [*_uses("refman", _NAMES_BANNED_IN_REFMAN), *_uses("tests", _NAMES_BANNED_IN_TESTS)]
    found += _fixed_waits()
    # The one module that may make threads.
    assert [use for use in found if not use.startswith("refman/ui/tasks.py")] == []


def test_an_import_for_types_only_hides_no_cycle() -> None:
    graph = grimp.build_graph("refman", cache_dir=None)
    found = [
        f"{source.name}:{line}: {module}"
        for source in sources("refman")
        for line, module in _imported_for_types(source.tree)
        if module in graph.modules and graph.find_shortest_chain(module, _module(source)) is not None
    ]
    assert found == []


def _imported_for_types(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in tree.body:
        if isinstance(node, ast.If) and _last_name(node.test) == "TYPE_CHECKING":
            for statement in node.body:
                assert isinstance(statement, ast.ImportFrom), "import names, from refman or elsewhere"
                yield statement.lineno, statement.module or ""


def _module(source: Source) -> str:
    return source.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def test_no_comment_silences_a_check_or_puts_work_off() -> None:
    found = [
        f"{source.name}:{line}: {comment}"
        for source in (*sources("refman"), *sources("tests"))
        if source.mentions(_COMMENTS_BANNED)
        for line, comment in source.comments()
        if any(word in comment for word in _COMMENTS_BANNED)
    ]
    assert found == []


def test_only_the_command_line_prints() -> None:
    found = [
        f"{source.name}:{node.lineno}"
        for source in sources("refman")
        if not source.name.startswith("refman/cli/") and source.mentions(["print"])
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name) and node.id == "print"
    ]
    assert found == []


def _uses(folder: str, banned: dict[str, str]) -> Iterator[str]:
    for source in sources(folder):
        for node in ast.walk(source.tree) if source.mentions(banned) else ():
            name = _last_name(node)
            if name in banned:
                yield f"{source.name}:{getattr(node, 'lineno', 0)}: {name}: {banned[name]}"


def _last_name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return name
        case _:
            return ""


def _fixed_waits() -> Iterator[str]:
    for source in sources("tests"):
        # Not `waitUntil`, `waitSignal`.
        for node in ast.walk(source.tree) if re.search(r"\bwait\b", source.text) else ():
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="qtbot"), attr="wait")):
                    yield f"{source.name}:{node.lineno}: wait for a condition"


def test_only_tasks_and_app_catch_everything() -> None:
    found = [
        f"{source.name}:{node.lineno}"
        for source in sources("refman")
        if source.name != "refman/ui/tasks.py" and not source.name.startswith("refman/app/")
        if source.mentions(["except"])
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node)
    ]
    assert found == []


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    """`except BaseException` that ends in `raise` only tidies up (a rollback): that is allowed."""
    names = {node.id for node in ast.walk(handler.type or ast.Name("")) if isinstance(node, ast.Name)}
    if handler.type is None or "BaseException" in names:
        return not isinstance(handler.body[-1], ast.Raise)
    return "Exception" in names


_SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|ATTACH|VACUUM|WITH)\s")


def test_sql_is_written_in_storage_only() -> None:
    found = [
        f"{source.name}:{node.lineno}: {node.value[:40]}"
        for source in sources("refman")
        if not source.name.startswith("refman/storage/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.match(node.value)
    ]
    assert found == []


def test_a_late_import_gives_its_reason() -> None:
    found = [
        f"{source.name}:{node.lineno}"
        for source in sources("refman")
        for node in _late_imports(source.tree)
        if not _has_comment(source, node)
    ]
    assert found == []


def _late_imports(tree: ast.Module) -> set[ast.Import | ast.ImportFrom]:
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    imports = (ast.Import, ast.ImportFrom)
    return {node for function in functions for node in ast.walk(function) if isinstance(node, imports)}


def _has_comment(source: Source, node: ast.stmt) -> bool:
    """A comment on the line or above the block of imports that it belongs to."""
    lines = source.text.splitlines()
    above = node.lineno - 1
    while above > 0 and re.match(r"\s*(from|import)\s", lines[above - 1]):
        above -= 1
    return "#" in lines[node.lineno - 1] or lines[above - 1].lstrip().startswith("#")


# Docstrings


def test_everything_public_says_what_its_signature_cannot() -> None:
    promised = _promised_methods()
    missing = [
        f"{source.name}:{line}: {name}"
        for source in sources("refman")
        if not source.name.startswith("refman/storage/migrations/versions/")
        for line, name in _undocumented(source, promised)
    ]
    assert missing == []


def _promised_methods() -> set[str]:
    """Methods that a Protocol documents; whoever fulfils it need not say it again."""
    return {
        method.name
        for source in sources("refman")
        for node in source.tree.body
        if isinstance(node, ast.ClassDef) and "Protocol" in {_last_name(base) for base in node.bases}
        for method in node.body
        if isinstance(method, ast.FunctionDef) and ast.get_docstring(method)
    }


def _undocumented(source: Source, promised: set[str]) -> Iterator[tuple[int, str]]:
    if not ast.get_docstring(source.tree):
        yield 1, "the module"
    for node in source.tree.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node) and not _is_overload(node):
            yield node.lineno, node.name
        if isinstance(node, ast.ClassDef):
            yield from _undocumented_methods(source, node, promised)


def _undocumented_methods(source: Source, owner: ast.ClassDef, promised: set[str]) -> Iterator[tuple[int, str]]:
    for method in owner.body:
        if not isinstance(method, ast.FunctionDef) or ast.get_docstring(method):
            continue
        if method.name.startswith("_") or method.name in promised or _is_overload(method):
            continue
        if not _overrides_qt(source, owner, method):
            yield method.lineno, f"{owner.name}.{method.name}"


def _overrides_qt(source: Source, owner: ast.ClassDef, method: ast.FunctionDef) -> bool:
    """Qt documents what its methods do (`rowCount`, `paint`)."""
    if not source.name.startswith("refman/ui/"):
        return False
    module = importlib.import_module(source.name.removesuffix(".py").replace("/", "."))
    ancestors = getattr(module, owner.name).__mro__
    return any(method.name in vars(kind) for kind in ancestors if kind.__module__.startswith("PySide6"))


def _is_overload(node: ast.ClassDef | ast.FunctionDef) -> bool:
    """Also a property's setter: its getter says what it is."""
    return bool({_last_name(decorator) for decorator in node.decorator_list} & {"overload", "setter"})
