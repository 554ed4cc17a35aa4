"""Annexes whose table has several columns to fill in, laid out as letters come: `forms/*.txt`, what is read in `*.json`."""

import json
from pathlib import Path

import pytest

from lachan.engine.letters import read

FORMS = sorted((Path(__file__).parent / "forms").glob("*.txt"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_columns_and_rows_of_a_grid_are_read(path: Path) -> None:
    form = read(path.read_text(encoding="utf-8")).form
    wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert form is not None
    assert list(form.columns) == wanted["columns"]
    rows = [row.value for row in form.indicators]
    assert [[row.text, row.unit or "", row.applies_to or ""] for row in rows] == wanted["rows"]
