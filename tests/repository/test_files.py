"""Files that must agree with one another."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
PATH_IN_TEXT = re.compile(r"`((?:src|tests|docs|requirements|scripts|\.ci)/[\w./-]*[\w/])`")
LOCALE = ROOT / "src" / "lachan" / "locale"


def packages(lock: str) -> list[str]:
    lines = (ROOT / "requirements" / lock).read_text().splitlines()
    return [re.split(r"[\[=~<>; ]", line)[0] for line in lines if line and not line.startswith(("#", "-r"))]


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt"])
def test_locks_name_versions_and_hashes_and_no_host(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text()
    entries = re.findall(r"^[A-Za-z].*", text, re.M)
    assert len(entries) > 20
    assert [entry for entry in entries if "==" not in entry] == []
    assert text.count("--hash=sha256:") >= len(entries)
    assert "://" not in text
    assert re.findall(r"^--.*", text, re.M) == []


def test_the_lock_for_tests_contains_the_lock_for_running() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[A-Za-z][^ ;]*==[^ ;\\]*", (ROOT / "requirements" / name).read_text(), re.M))

    assert pins("base.txt") <= pins("dev.txt")


def test_the_package_names_the_same_dependencies_as_the_lock() -> None:
    declared = re.search(r"^dependencies = \[(.*?)^\]", (ROOT / "pyproject.toml").read_text(), re.M | re.S)
    assert declared is not None
    assert sorted(re.findall(r'"(.*?)"', declared[1])) == sorted(
        (ROOT / "requirements" / "base.in").read_text().split()
    )


@pytest.mark.parametrize(
    "dependency", [p for lock in ("base.in", "dev.in", "bench.in", "fuzz.in") for p in packages(lock)]
)
def test_every_dependency_has_its_reason(dependency: str) -> None:
    assert f"| {dependency} |" in (ROOT / "docs" / "dependencies.md").read_text()


def test_every_debian_package_has_its_reason() -> None:
    lines = (ROOT / "requirements" / "debian.txt").read_text().splitlines()
    assert [line for line in lines if not re.match(r"#|[a-z0-9.+-]+ +(run|test) +\S", line)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_files_that_a_document_names_exist(document: Path) -> None:
    named = PATH_IN_TEXT.findall(document.read_text())
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_links_of_a_document_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def catalogue(text: str) -> dict[str, str]:
    """msgid → translation, of a .po file, plural and fuzzy entries included."""
    found = {}
    for entry in re.split(r"\n\s*\n", text):
        lines = "\n".join(line for line in entry.splitlines() if not line.startswith("#"))
        texts = {
            key: "".join(re.findall(r'"(.*)"', value))
            for key, value in re.findall(r'^(msg\S+) ((?:".*"\n?)+)', lines, re.M)
        }
        if texts.get("msgid"):
            context = texts.get("msgctxt", "")
            found[f"{context}|{texts['msgid']}"] = (
                "" if "#, fuzzy" in entry else texts.get("msgstr", texts.get("msgstr[0]", ""))
            )
    return found


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")
def test_every_sentence_has_its_english(tmp_path: Path) -> None:
    copy = tmp_path / "src" / "lachan"
    keep = shutil.ignore_patterns("__pycache__", "*.mo", "fonts", "*.docx", "*.pdf")
    shutil.copytree(ROOT / "src" / "lachan", copy, ignore=keep)
    (copy / "locale").mkdir(exist_ok=True)
    english = copy / "locale" / "en" / "LC_MESSAGES" / "django.po"
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-location", "--no-wrap"],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    sentences = catalogue(english.read_text())
    kept = catalogue((LOCALE / "en" / "LC_MESSAGES" / "django.po").read_text())
    assert len(sentences) > 100
    assert [sentence for sentence in sentences if not kept.get(sentence)] == []


def test_a_catalogue_is_read_with_its_continued_lines() -> None:
    text = 'msgid ""\nmsgstr "head"\n\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\n"d"\nmsgstr ""\n"e"\n'
    assert catalogue(text) == {"|a": "", "|cd": "e"}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_no_file_of_the_package_is_ignored_and_so_left_out_of_the_wheel() -> None:
    kept = subprocess.run(["git", "ls-files", "src"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    ignored = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin"],
        cwd=ROOT,
        input=kept,
        capture_output=True,
        text=True,
        check=False,
    )
    assert len(kept.splitlines()) > 1000
    assert ignored.stdout == ""
