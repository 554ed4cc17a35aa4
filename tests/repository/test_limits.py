"""Sizes that keep the code readable, and where imports may stand. An exception is listed by name, with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "lachan"
MODULE_LINES = 400
CLASS_LINES = 200

LONG_FILES: dict[str, str] = {}
LONG_CLASSES: dict[str, str] = {}
HIDDEN_IMPORTS: dict[str, str] = {
    "project/cli.py": "commands import what they need, so that `lachan --help` is quick",
    "engine/scams/pictures/__init__.py": "Pillow may be absent, and messages are judged without it",
    "engine/scams/pictures/codes.py": "zxing-cpp may be absent, and is loaded when a picture comes",
}


def files(*endings: str) -> list[Path]:
    found = [path for ending in endings for path in PACKAGE.rglob(f"*{ending}")]
    return sorted(path for path in found if "migrations" not in path.parts and "__pycache__" not in path.parts)


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def definitions(path: Path) -> Iterator[ast.AST]:
    yield from ast.walk(ast.parse(path.read_text()))


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in files(".py", ".html", ".css", ".js")}
    assert len(lengths) > 50
    assert {file: lines for file, lines in lengths.items() if lines > MODULE_LINES and file not in LONG_FILES} == {}


def test_no_class_is_longer_than_a_reader_can_hold() -> None:
    long = {
        f"{name(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in files(".py")
        for node in definitions(path)
        if isinstance(node, ast.ClassDef) and (node.end_lineno or 0) - node.lineno >= CLASS_LINES
    }
    assert {found: lines for found, lines in long.items() if found not in LONG_CLASSES} == {}


def test_imports_stand_at_the_top() -> None:
    hidden = [
        f"{name(path)}:{node.lineno}"
        for path in files(".py")
        if name(path) not in HIDDEN_IMPORTS
        for function in definitions(path)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


@pytest.mark.parametrize("exceptions", [LONG_FILES, HIDDEN_IMPORTS, LONG_CLASSES])
def test_every_exception_is_still_there_and_has_a_reason(exceptions: dict[str, str]) -> None:
    assert [key for key, reason in exceptions.items() if not reason or not (PACKAGE / key.split(":")[0]).exists()] == []


@pytest.mark.parametrize("word", ["utils", "common", "helpers", "helper", "manager", "processor", "handler"])
def test_no_part_has_a_name_that_says_nothing(word: str) -> None:
    assert [name(path) for path in PACKAGE.rglob("*.py") if path.stem == word or word in path.parts] == []
