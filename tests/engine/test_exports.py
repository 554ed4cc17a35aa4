"""Each unit's own answers as files for other programs: what another reader finds in them, and how little memory they take."""

import csv
import io
import itertools
import json
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
from lxml import etree

from lachan.engine.answers import Column, Kind
from lachan.engine.exports import About, Asked, UnitRow, adx, csv_text, json_text, write_parquet, write_xlsx
from lachan.engine.exports.adx import period_of

CASES = Path(__file__).parent / "cases"
MARCH = (date(2025, 3, 1), date(2025, 3, 31))
NOW = datetime(2025, 4, 2, 2, tzinfo=UTC)
ASKED = (
    Asked("11", "1", "Số buổi (buổi)", Kind.WHOLE, "buổi"),
    Asked("12", "2", "Tỷ lệ (%)", Kind.DECIMAL, "%"),
    Asked("13", "3", "Khó khăn", Kind.TEXT),
    Asked("14", "4", "Lớp", Kind.ROWS, columns=(Column("ten", "Tên lớp"), Column("n", "Số người", "whole"))),
)
ABOUT = About("Cao điểm 2025", "bieu-mau-7", NOW, ("STT", "Mã", "Đơn vị", "Thuộc", "Tình trạng"), ASKED)
GO_CAO = UnitRow(
    "99101",
    "Xã Gò Cao",
    "Huyện Bến Đá",
    "đã gửi",
    MARCH,
    NOW,
    2,
    {"11": 1200, "12": "12.5", "13": '=Thiếu "loa" <cũ>\nCần máy', "14": [{"ten": "Lớp A", "n": 30}, {"ten": "Lớp B"}]},
)
GO_THAP = UnitRow("99102", "Xã Gò Thấp", "Huyện Bến Đá", "chưa báo cáo", MARCH)
ROWS = (GO_CAO, GO_THAP)


def whole(pieces: Iterator[bytes]) -> str:
    return b"".join(pieces).decode()


def test_csv_holds_each_unit_and_leaves_missing_answers_empty() -> None:
    found = list(csv.reader(io.StringIO(whole(csv_text(ABOUT, ROWS)).removeprefix("\ufeff"))))
    assert found[0] == ["STT", "Mã", "Đơn vị", "Thuộc", "Tình trạng", "Số buổi (buổi)", "Tỷ lệ (%)", "Khó khăn", "Lớp"]
    assert found[1][5:] == ["1200", "12.5", '\'=Thiếu "loa" <cũ>\nCần máy', "Lớp A · 30\nLớp B"]
    assert found[2] == ["2", "99102", "Xã Gò Thấp", "Huyện Bến Đá", "chưa báo cáo", "", "", "", ""]


def test_json_holds_questions_and_answers_by_their_codes() -> None:
    found = json.loads(whole(json_text(ABOUT, ROWS)))
    assert [one["code"] for one in found["questions"]] == ["1", "2", "3", "4"]
    assert found["units"][0]["answers"]["4"] == [{"ten": "Lớp A", "n": 30}, {"ten": "Lớp B"}]
    assert found["units"][0]["answers"]["1"] == 1200
    assert (found["units"][1]["version"], found["units"][1]["answers"]) == (None, {})


def test_json_without_units_is_whole() -> None:
    assert json.loads(whole(json_text(ABOUT, ())))["units"] == []


def test_adx_is_what_the_schema_of_the_profile_allows() -> None:
    schema = etree.XMLSchema(etree.parse(CASES / "adx.xsd"))
    schema.assertValid(etree.fromstring(whole(adx(ABOUT, ROWS)).encode()))


def test_adx_gives_decimals_as_values_and_words_beside_them() -> None:
    found = etree.fromstring(whole(adx(ABOUT, ROWS)).encode())
    space = {"a": "urn:ihe:qrph:adx:2015"}
    groups = found.xpath("a:group", namespaces=space)
    assert [(one.get("orgUnit"), one.get("period"), one.get("dataSet")) for one in groups] == [
        ("99101", "2025-03-01/P1M", "bieu-mau-7")
    ]
    values = {one.get("dataElement"): one for one in groups[0]}
    assert {key: Decimal(one.get("value")) for key, one in values.items()} == {
        "1": 1200,
        "2": Decimal("12.5"),
        "3": 0,
        "4": 2,
    }
    assert values["3"][0].text == '=Thiếu "loa" <cũ> Cần máy'


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        (date(2025, 3, 1), date(2025, 3, 31), "2025-03-01/P1M"),
        (date(2024, 1, 1), date(2024, 3, 31), "2024-01-01/P3M"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024-01-01/P1Y"),
        (date(2024, 12, 1), date(2025, 1, 31), "2024-12-01/P2M"),
        (date(2025, 3, 3), date(2025, 3, 9), "2025-03-03/P7D"),
        (date(2025, 1, 1), date(2025, 4, 30), "2025-01-01/P120D"),
    ],
)
def test_a_period_is_its_start_and_its_length(first: date, last: date, period: str) -> None:
    assert period_of(first, last) == period


def test_the_workbook_holds_numbers_as_numbers_and_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_xlsx(path, ABOUT, ROWS, name="Từng đơn vị", before=[("Theo nhánh", ("Đơn vị", "Tổng"), [("Tổng cộng", 3)])])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Theo nhánh", "Từng đơn vị"]
    cells = [cell for row in book["Từng đơn vị"].iter_rows(min_row=2, max_row=2) for cell in row]
    assert [cell.value for cell in cells][:7] == [1, "99101", "Xã Gò Cao", "Huyện Bến Đá", "đã gửi", 1200, 12.5]
    assert cells[7].data_type == "s"


def test_parquet_keeps_types_and_missing_answers(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    write_parquet(path, ABOUT, ROWS)
    read = duckdb.read_parquet(str(path))
    assert dict(zip(read.columns, map(str, read.types), strict=True))["q_1"] == "BIGINT"
    assert read.project("code, q_1, q_2, q_3, q_4").fetchall() == [
        ("99101", 1200, 12.5, '=Thiếu "loa" <cũ>\nCần máy', "Lớp A · 30\nLớp B"),
        ("99102", None, None, None, None),
    ]


def many(count: int) -> Iterator[UnitRow]:
    return itertools.islice(itertools.cycle(ROWS), count)


Write = Callable[[Path, int], None]


@pytest.mark.parametrize(
    "write",
    [
        lambda _path, count: [None for _piece in csv_text(ABOUT, many(count))],
        lambda _path, count: [None for _piece in json_text(ABOUT, many(count))],
        lambda _path, count: all(adx(ABOUT, many(count))),
        lambda path, count: write_xlsx(path / "out.xlsx", ABOUT, many(count), name="Đơn vị"),
        lambda path, count: write_parquet(path / "out.parquet", ABOUT, many(count)),
    ],
    ids=["csv", "json", "adx", "xlsx", "parquet"],
)
def test_ten_times_the_units_take_no_more_memory(write: Write, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        write(tmp_path, count)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    write(tmp_path, 10)
    assert peak(6_000) < 1.5 * peak(600) + 600_000
