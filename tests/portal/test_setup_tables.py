"""A table of the annex with several columns to fill in becomes tables with fixed rows: the letters the reader is tested with."""

import json
from pathlib import Path

import pytest
from cast import DAY, Cast

from lachan.engine.report_form import QuestionDraft, TableDraft
from lachan.letters import reader
from lachan.letters.reading import FormRow, Reading
from lachan.portal.recipients import AddressBook
from lachan.portal.setup_draft import form_items, question

FOLDER = Path(__file__).parent.parent / "engine" / "letters" / "forms"
pytestmark = pytest.mark.django_db


def items(cast: Cast, name: str) -> list[QuestionDraft | TableDraft]:
    reading: Reading = reader.read((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    made = form_items(reading, AddressBook(cast.department, DAY))
    return [one for one in made if isinstance(one, QuestionDraft | TableDraft)]


@pytest.mark.parametrize("name", ["bang-gach-doc", "dau-cot-mot-dong", "dau-cot-co-don-vi", "ky-nay-luy-ke"])
def test_a_grid_becomes_tables_with_fixed_rows(cast: Cast, name: str) -> None:
    tables = [
        {
            "rows": [row.label for row in table.rows],
            "columns": [[one.label, one.kind, one.counted_in] for one in table.columns],
            "for": table.applies_to,
        }
        for table in items(cast, name)
        if isinstance(table, TableDraft)
    ]
    assert tables == json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["tables"]


def test_rows_for_some_units_only_stand_in_a_table_of_theirs(cast: Cast) -> None:
    everybody, schools = items(cast, "bang-gach-doc")
    assert (everybody.group_codes, bool(schools.group_codes)) == (frozenset(), True)


def test_a_share_is_averaged_in_a_table(cast: Cast) -> None:
    (table,) = items(cast, "dau-cot-co-don-vi")
    assert isinstance(table, TableDraft)
    assert [one.measure for one in table.columns] == ["sum", "sum", "mean"]


def test_one_column_of_results_stays_a_list_of_questions(cast: Cast) -> None:
    made = items(cast, "mot-cot-ket-qua")
    assert [(one.text, one.counted_in) for one in made if isinstance(one, QuestionDraft)] == [
        ("Số buổi nói chuyện", "buổi"),
        ("Số người dự", "người"),
    ]


def test_a_share_asked_by_itself_is_a_decimal_number_and_averaged(cast: Cast) -> None:
    row = FormRow(text="Tỷ lệ hộ được tuyên truyền", counted_in="%")
    asked = question(row, AddressBook(cast.department, DAY))
    assert (asked.kind, asked.measure, asked.counted_in) == ("decimal", "mean", "%")
