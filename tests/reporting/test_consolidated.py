"""The consolidated report: its numbers equal a recount of the returns, and its documents stay as they were issued."""

import io
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

import docx
import pytest
from cascades import DUE, of
from cast import DAY, NOW, signed_in_as
from django.test import Client
from openpyxl import load_workbook
from scenes import Scene, words_for

from lachan.campaigns.models import Assignment, Campaign
from lachan.engine.layout import OfficialDocument, Paragraph, check_docx
from lachan.foundation.refused import Refused
from lachan.letters.models import Letter
from lachan.orgs.models import Unit
from lachan.reporting.actions import returns
from lachan.reporting.actions.consolidating import consolidate
from lachan.reporting.consolidated import document, written
from lachan.reporting.models import ConsolidatedReport, Obligation, Return
from lachan.reporting.snapshot import Snapshot
from lachan.reporting.taking import take


def sent_up(scene: Scene, unit: Unit, number: int, words: str = "", late: bool = False) -> Return:
    now = DUE + timedelta(hours=3) if late else NOW
    version = returns.submit(
        scene.owed(unit), typed=scene.typed(number, words), request_key=f"{now}", by=scene.officer, now=now
    )
    returns.approve(version, by=scene.head, now=now)
    return version


@pytest.fixture
def told(scene: Scene) -> Scene:
    """Five of six units have reported, one of them late; Gò Thấp has not."""
    sent_up(scene, scene.cast.district, 100, "Loa truyền thanh hỏng.")
    sent_up(scene, scene.cast.commune, 1200, "loa truyền thanh hỏng")
    sent_up(scene, scene.cast.township, 0, "Không có", late=True)
    sent_up(scene, scene.cast.press, 30, "Thiếu tài liệu tiếng dân tộc")
    sent_up(scene, scene.cast.education, 7)
    return scene


def issued(scene: Scene, top: Assignment | None = None, key: str = "one") -> ConsolidatedReport:
    now = DUE + timedelta(days=1)
    return consolidate(
        scene.campaign, top=top, words=words_for(scene.campaign, top), request_key=key, by=scene.coordinator, now=now
    )


def paragraphs(report: ConsolidatedReport) -> str:
    found = docx.Document(io.BytesIO(written(report, "docx"))).paragraphs
    return "\n".join(one.text for one in found).replace("\u00a0", " ")


def tables(report: ConsolidatedReport) -> list[list[list[str]]]:
    found = docx.Document(io.BytesIO(written(report, "docx"))).tables
    return [[[cell.text.strip() for cell in row.cells] for row in table.rows] for table in found]


def table_under(report: ConsolidatedReport, *heads: str) -> list[list[str]]:
    """The rows of the table whose head begins so, without the head."""
    return next(rows[1:] for rows in tables(report) if tuple(rows[0][: len(heads)]) == heads)


def recount(scene: Scene, owed: Iterable[Obligation]) -> Decimal:
    """The sum over the approved versions, straight from the returns and nothing else."""
    counted = [one.counted for one in owed if one.counted]
    return sum((Decimal(version.values[scene.number.key]) for version in counted), Decimal(0))


def as_number(printed: str) -> Decimal:
    return Decimal(printed.replace(".", "").replace(",", "."))


def test_every_number_of_the_word_file_equals_a_recount_of_the_returns(told: Scene) -> None:
    report = issued(told)
    owed = {one.assignment.unit_name: one for one in Obligation.objects.select_related("assignment", "counted")}
    ((_stt, _text, counted_in, total, coverage),) = table_under(report, "STT", "Chỉ tiêu")
    assert as_number(total) == recount(told, owed.values())
    assert (counted_in, coverage) == ("buổi", "5/6")
    *rows, last = table_under(report, "STT", "Đơn vị", "Số buổi tuyên truyền (buổi)")
    assert as_number(last[2]) == recount(told, owed.values())
    by_unit = {name: figure for _stt, name, figure in rows}
    assert as_number(by_unit["Báo Sông Lam"]) == recount(told, [owed["Báo Sông Lam"]])
    assert as_number(by_unit["UBND xã Gò Cao"]) == recount(told, [owed["Xã Gò Cao"]])
    assert as_number(by_unit["UBND huyện Bến Đá (phần của đơn vị)"]) == recount(told, [owed["Huyện Bến Đá"]])
    branch = [owed[name] for name in ("Huyện Bến Đá", "Xã Gò Cao", "Xã Gò Thấp", "Thị trấn Bến Đá")]
    assert as_number(by_unit["UBND huyện Bến Đá"]) == recount(told, branch)
    assert (by_unit["UBND xã Gò Thấp"], by_unit["UBND thị trấn Bến Đá"]) == ("–", "0")


def test_every_number_of_the_workbook_equals_a_recount_of_the_returns(told: Scene) -> None:
    book = load_workbook(io.BytesIO(written(issued(told), "xlsx")))
    rows = list(book["Theo đơn vị"].iter_rows(values_only=True))
    units = [
        row for row in rows if row[0] and ("." in str(row[0]) or not any(str(row[0]) + ".1" == r[0] for r in rows))
    ]
    figures = [row[2] for row in units if isinstance(row[2], int | float)]
    assert sum(figures) == recount(told, Obligation.objects.select_related("counted"))
    assert len(figures) == 5
    assert [row[2] for row in rows if row[1] == "Tổng cộng"] == [1337]


def test_the_state_of_reporting_is_told_in_words_and_by_kind(told: Scene) -> None:
    report = issued(told)
    text = paragraphs(report)
    assert "5/6 đơn vị (83,3 %) đã gửi báo cáo được thủ trưởng đơn vị duyệt" in text
    assert "4 đơn vị gửi đúng hạn, 1 đơn vị gửi trễ hạn." in text
    assert "Còn 1 đơn vị chưa gửi báo cáo (danh sách tại Phụ lục II)." in text
    kinds = table_under(report, "STT", "Loại đơn vị")
    assert kinds[1][1:] == ["UBND cấp xã", "3", "2", "1", "1"]
    assert kinds[-1][1:] == ["Tổng cộng", "6", "5", "1", "1"]


def test_the_honest_rates_stand_in_the_document_and_the_workbook_with_how_they_are_worked_out(told: Scene) -> None:
    owed = told.owed(told.cast.other_commune)
    Obligation.objects.filter(pk=owed.pk).update(excused_at=NOW, state=Obligation.State.EXCUSED)
    Return.objects.filter(counted_for=told.owed(told.cast.press)).update(is_valid=False)
    report = issued(told)
    rates = table_under(report, "Chỉ số", "Số báo cáo", "Tỷ lệ")
    assert [row[:3] for row in rates] == [
        ["Phải báo cáo", "5", ""],
        ["Đã báo cáo", "5", "100\u00a0%"],
        ["Đúng hạn", "4", "80\u00a0%"],
        ["Có số liệu", "5", "100\u00a0%"],
        ["Hợp lệ", "4", "80\u00a0%"],
    ]
    assert rates[0][3] == "Đơn vị có nghĩa vụ báo cáo; không kể 1 đơn vị được miễn."
    sheet = load_workbook(io.BytesIO(written(report, "xlsx")))["Tỷ lệ báo cáo"]
    assert ("Đúng hạn", 4) in {row[:2] for row in sheet.iter_rows(values_only=True)}


def test_a_report_frozen_before_rates_were_told_stays_as_it_was(told: Scene) -> None:
    report = issued(told)
    report.figures.pop("rated")
    assert not any(rows[0][0] == "Chỉ số" for rows in tables(report))
    assert "Bảng 2. Kết quả" in paragraphs(report)


def test_the_missing_and_the_late_are_named(told: Scene) -> None:
    missing = table_under(issued(told), "STT", "Đơn vị", "Thuộc", "Hạn báo cáo")
    assert [row[1:3] for row in missing] == [["UBND xã Gò Thấp", "UBND huyện Bến Đá"]]
    late = next(rows[1:] for rows in tables(issued(told, key="two")) if rows[0][-1] == "Gửi lúc")
    assert [(row[1], row[-1]) for row in late] == [("UBND thị trấn Bến Đá", "12h00, 30/03/2025")]


def test_the_same_words_of_several_units_stand_once_with_all_their_names(told: Scene) -> None:
    sent_up(told, told.cast.other_commune, 1, "LOA TRUYỀN THANH  HỎNG!", late=True)
    text = paragraphs(issued(told))
    assert "Loa truyền thanh hỏng (3 đơn vị: UBND huyện Bến Đá, UBND xã Gò Cao, UBND xã Gò Thấp)." in text
    assert "Thiếu tài liệu tiếng dân tộc (Báo Sông Lam)." in text
    assert "Có 1 đơn vị báo cáo không có nội dung này." in text


def test_the_documents_do_not_change_when_a_return_is_corrected_later(told: Scene) -> None:
    report = issued(told)
    before = [written(report, kind) for kind in ("docx", "xlsx")]
    version = told.owed(told.cast.press).counted
    assert version is not None
    returns.send_back(version, unit=told.cast.department, remark="Kiểm tra lại.", by=told.coordinator, now=NOW)
    report = ConsolidatedReport.objects.get(pk=report.pk)
    assert [written(report, kind) for kind in ("docx", "xlsx")] == before
    assert written(report, "pdf").startswith(b"%PDF")


def test_a_snapshot_is_the_same_after_a_stay_in_the_database(told: Scene) -> None:
    taken = take(told.campaign, None, now=NOW)
    report = issued(told)
    ConsolidatedReport.objects.filter(pk=report.pk).update(figures=taken.to_json())
    assert Snapshot.from_json(ConsolidatedReport.objects.get(pk=report.pk).figures) == taken


def test_a_report_frozen_by_another_version_of_the_software_can_still_be_read(told: Scene) -> None:
    taken = take(told.campaign, None, now=NOW)
    assert Snapshot.from_json({**taken.to_json(), "no_longer_kept": "x"}) == taken


def test_it_takes_the_next_number_of_the_owners_register_once_per_request(told: Scene) -> None:
    first, again, next_one = issued(told), issued(told), issued(told, key="two")
    assert first == again
    assert [one.letter.full_symbol for one in (first, next_one)] == ["01/BC-STTTT", "02/BC-STTTT"]
    assert first.letter.holder == told.cast.department
    assert Letter.objects.filter(doc_type="báo cáo").count() == 2


def test_a_district_reports_on_its_own_branch_with_its_own_number(told: Scene) -> None:
    report = issued(told, of(told.cast.district, told.campaign))
    text = paragraphs(report)
    assert report.letter.full_symbol == "02/BC-UBND"  # 01 handed the campaign down
    assert report.unit == told.cast.district
    assert "3/4 đơn vị (75 %)" in text
    ((*_rest, total, coverage),) = table_under(report, "STT", "Chỉ tiêu")
    assert (total, coverage) == ("1.300", "3/4")
    assert "Báo Sông Lam" not in text


def test_the_layout_holds_to_the_decree(told: Scene) -> None:
    assert not check_docx(written(issued(told), "docx"))


def test_a_campaign_not_started_has_nothing_to_consolidate(scene: Scene) -> None:
    Campaign.objects.filter(pk=scene.campaign.pk).update(state=Campaign.State.DRAFT)
    with pytest.raises(Refused, match="chưa phát động"):
        issued(scene)
    assert not Letter.objects.filter(doc_type="báo cáo").exists()


def test_a_number_already_given_is_refused_and_nothing_is_frozen(told: Scene) -> None:
    issued(told)
    with pytest.raises(Refused, match="đã cấp cho một văn bản khác"):
        consolidate(
            told.campaign,
            top=None,
            words=words_for(told.campaign, None, number=1),
            request_key="other",
            by=told.coordinator,
            now=NOW,
        )
    assert ConsolidatedReport.objects.count() == 1


def test_a_campaign_in_which_nobody_has_reported_can_still_be_told(scene: Scene) -> None:
    text = paragraphs(issued(scene))
    assert "0/6 đơn vị (0 %) đã gửi báo cáo" in text
    assert "Các đơn vị không nêu nội dung cụ thể." in text


def test_the_report_opens_with_the_letter_it_answers_and_goes_to_its_issuer(told: Scene) -> None:
    report = issued(told)
    text = paragraphs(report)
    assert "Thực hiện Kế hoạch số 116/KH-UBND ngày 10/3/2025 của UBND tỉnh Sông Lam về nâng cao kỹ năng" in text
    assert report.letter.content["recipients"] == ["UBND tỉnh Sông Lam"]
    laid_out: OfficialDocument = document(report.letter, Snapshot.from_json(report.figures), closing=report.closing)
    last = laid_out.body[-1]
    assert isinstance(last, Paragraph)
    assert str(last.text).startswith("Trên đây là kết quả triển khai")


def begun(scene: Scene) -> tuple[Client, str]:
    """The coordinator with a draft begun, and the address of its page."""
    client = signed_in_as(scene.coordinator)
    address = client.post(f"/chien-dich/{scene.campaign.pk}/tong-hop/0/bat-dau/")["Location"]
    return client, address


def test_the_page_shows_the_report_before_it_is_issued_with_the_words_as_edited(told: Scene) -> None:
    client, address = begun(told)
    page = client.get(address)
    posted = {name: value or "" for name, value in page.context["form"].initial.items()}
    posted |= {
        "dated_on": f"{DAY:%d/%m/%Y}",
        "opening": "Sở báo cáo như sau:",
        "number": "",
        "signer_name": "Lê Thị An",
    }
    preview = client.get(client.post(address, posted | {"do": "look"})["Location"])
    assert "Sở báo cáo như sau:" in preview.content.decode()
    assert not ConsolidatedReport.objects.exists()
    draft = client.post(address, posted | {"do": "docx"})
    assert draft.content.startswith(b"PK")
    answers = [client.post(address, posted | {"do": "issue"}) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {ConsolidatedReport.objects.get().get_absolute_url()}
    shown = client.get(answers[0]["Location"]).content.decode()
    assert "Báo cáo số 01/BC-STTTT" in shown
    for kind in ("docx", "pdf", "xlsx"):
        assert client.get(f"{answers[0]['Location']}bao-cao.{kind}").status_code == 200
    assert "01/BC-STTTT" in client.get(f"/chien-dich/{told.campaign.pk}/tong-hop/").content.decode()


def test_its_entry_in_the_register_leads_to_the_whole_report(told: Scene) -> None:
    report, client = issued(told), signed_in_as(told.coordinator)
    letter = f"/van-ban/{report.letter_id}/"
    assert client.get(letter)["Location"] == report.get_absolute_url()
    assert client.get(f"{letter}van-ban.docx")["Location"] == f"{report.get_absolute_url()}bao-cao.docx"


def test_a_report_without_its_needed_words_is_not_issued(told: Scene) -> None:
    client, address = begun(told)
    answer = client.post(address, {"do": "issue", "request_key": "k"})
    assert answer.status_code == 422
    assert not ConsolidatedReport.objects.exists()


def test_only_the_units_own_people_issue_its_report(told: Scene) -> None:
    client = signed_in_as(told.district_officer)
    district = of(told.cast.district, told.campaign).pk
    assert client.post(f"/chien-dich/{told.campaign.pk}/tong-hop/{district}/bat-dau/").status_code == 302
    assert client.get(f"/chien-dich/{told.campaign.pk}/tong-hop/{district}/lap/").status_code == 200
    assert client.get(f"/chien-dich/{told.campaign.pk}/tong-hop/0/lap/").status_code == 404
    owner = signed_in_as(told.coordinator)
    assert owner.get(f"/chien-dich/{told.campaign.pk}/tong-hop/{district}/").status_code == 200
    assert owner.get(f"/chien-dich/{told.campaign.pk}/tong-hop/{district}/lap/").status_code == 403
