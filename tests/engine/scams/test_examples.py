"""The examples of docs/recognition.md do what they say, each by itself."""

import doctest
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[3] / "docs" / "recognition.md"
SECTIONS = [part for part in PAGE.read_text(encoding="utf-8").split("\n## ") if ">>>" in part]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.partition("\n")[0])
def test_an_example_does_what_it_says(section: str) -> None:
    code = re.sub(r"^```.*$", "", section, flags=re.MULTILINE)
    said: list[str] = []
    example = doctest.DocTestParser().get_doctest(code, {}, section.partition("\n")[0], str(PAGE), None)
    assert doctest.DocTestRunner().run(example, out=said.append).failed == 0, "".join(said)


def test_there_are_ten() -> None:
    assert len(SECTIONS) == 10
