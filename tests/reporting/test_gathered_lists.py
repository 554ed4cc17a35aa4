"""Lists that units fill in, in the consolidated report: every row with its unit, and sums that equal a recount of the returns."""

import io
import os
from decimal import Decimal
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from cascades import of
from cast import NOW, signed_in_as
from openpyxl import load_workbook
from scenes import Scene, with_a_full_form, words_for

from lachan.campaigns.models import Assignment
from lachan.engine.layout import check_docx
from lachan.orgs.models import Unit
from lachan.reporting.actions import returns
from lachan.reporting.actions.consolidating import consolidate
from lachan.reporting.consolidated import written
from lachan.reporting.models import ConsolidatedReport, Obligation, Question
from lachan.reporting.snapshot import Snapshot

CLASSES = "Lớp tập huấn đã mở"


def sent_up(scene: Scene, unit: Unit, classes: str) -> None:
    typed = {Question.objects.get(text="Số buổi tuyên truyền").key: "3", asked().key: classes}
    version = returns.submit(scene.owed(unit), typed=typed, request_key="a", by=scene.officer, now=NOW)
    returns.approve(version, by=scene.head, now=NOW)


def asked() -> Question:
    return Question.objects.get(text=CLASSES)


@pytest.fixture
def listed(scene: Scene) -> Scene:
    """The commune and the newspaper name classes, one without how many came; the district names none."""
    with_a_full_form(scene)
    sent_up(scene, scene.cast.commune, "Nhận biết cuộc gọi mạo danh | 1.200\nAn toàn khi chuyển tiền |")
    sent_up(scene, scene.cast.press, "Kỹ năng viết tin cảnh báo | 35")
    sent_up(scene, scene.cast.district, "")
    return scene


def issued(scene: Scene, top: Assignment | None = None) -> ConsolidatedReport:
    words = words_for(scene.campaign, top)
    return consolidate(scene.campaign, top=top, words=words, request_key="one", by=scene.coordinator, now=NOW)


def recount() -> Decimal:
    """The sum over the counted versions, straight from the returns and nothing else."""
    counted = [one.counted for one in Obligation.objects.select_related("counted") if one.counted]
    rows = [row for version in counted for row in version.values.get(asked().key, [])]
    return sum((Decimal(row["n"]) for row in rows if row.get("n")), Decimal(0))


def word_table(report: ConsolidatedReport) -> list[list[str]]:
    tables = docx.Document(io.BytesIO(written(report, "docx"))).tables
    found = [[[cell.text.strip() for cell in row.cells] for row in table.rows] for table in tables]
    return next(rows for rows in found if "Tên lớp" in rows[0])


def text(report: ConsolidatedReport) -> str:
    found = docx.Document(io.BytesIO(written(report, "docx"))).paragraphs
    return "\n".join(one.text for one in found).replace("\u00a0", " ")


def test_every_row_stands_in_the_annex_with_its_unit(listed: Scene) -> None:
    assert word_table(issued(listed)) == [
        ["STT", "Đơn vị", "Tên lớp", "Số người"],
        ["1", "Báo Sông Lam", "Kỹ năng viết tin cảnh báo", "35"],
        ["2", "UBND xã Gò Cao", "Nhận biết cuộc gọi mạo danh", "1.200"],
        ["3", "UBND xã Gò Cao", "An toàn khi chuyển tiền", "–"],
        ["", "Tổng cộng", "", "1.235"],
    ]


def test_its_sums_equal_a_recount_of_the_returns(listed: Scene) -> None:
    report = issued(listed)
    printed = word_table(report)[-1][-1].replace(".", "")
    book = load_workbook(io.BytesIO(written(report, "xlsx")))
    rows = list(book["Danh sách 1"].iter_rows(values_only=True))
    total = next(row[3] for row in rows if row[1] == "Tổng cộng")
    typed = [row[3] for row in rows if isinstance(row[0], str) and row[0].isdecimal() and row[3] is not None]
    assert Decimal(printed) == total == sum(typed) == recount() == 1235


def test_the_body_says_how_many_and_where(listed: Scene) -> None:
    said = text(issued(listed))
    assert f"Về “{asked().heading}”, 2 đơn vị báo cáo 3 mục (danh sách tại Phụ lục II)." in said
    assert "(danh sách tại Phụ lục III)" in said  # of those that have not reported


def test_a_branch_gathers_its_own_rows_only(listed: Scene) -> None:
    units = {row[1] for row in word_table(issued(listed, of(listed.cast.district, listed.campaign)))[1:-1]}
    assert units == {"UBND xã Gò Cao"}


def test_where_nobody_filled_a_list_in_the_body_says_so_and_no_annex_stands(scene: Scene) -> None:
    with_a_full_form(scene)
    report = issued(scene)
    assert f"Về “{asked().heading}”, các đơn vị không báo cáo mục nào." in text(report)
    assert "Danh sách 1" not in load_workbook(io.BytesIO(written(report, "xlsx"))).sheetnames


def test_what_was_frozen_is_read_back_the_same(listed: Scene) -> None:
    report = issued(listed)
    kept = ConsolidatedReport.objects.get(pk=report.pk).figures
    assert Snapshot.from_json(kept).to_json() == kept
    without = {name: value for name, value in kept.items() if name != "lists"}
    assert Snapshot.from_json(without).lists == []


def test_the_page_and_the_pdf_name_the_annex_and_the_layout_holds_to_the_decree(listed: Scene) -> None:
    report = issued(listed)
    page = signed_in_as(listed.coordinator).get(report.get_absolute_url()).content.decode()
    assert "Danh sách do các đơn vị báo cáo" in page
    assert "danh sách tại Phụ lục II)" in page.replace("\u00a0", " ")
    pdf = pdfium.PdfDocument(written(report, "pdf"))
    kept(pdf)
    assert "An toàn khi chuyển tiền" in " ".join(one.get_textpage().get_text_range() for one in pdf)
    assert not check_docx(written(report, "docx"))


def kept(pdf: pdfium.PdfDocument) -> None:
    """Pictures for those who want to look: LACHAN_PICTURES names the folder."""
    if folder := os.environ.get("LACHAN_PICTURES"):
        for at, page in enumerate(pdf):
            page.render(scale=1.3).to_pil().save(Path(folder) / f"gathered-{at}.png")
