"""A letter of our own is written, looked over and issued through its pages; nothing typed is lost on the way."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from cast import NOW, Cast, signed_in_as
from django.core.files.uploadedfile import SimpleUploadedFile
from letter_samples import TO_THE_PROVINCE, as_docx
from letters_made import HEADING, PLAIN, a_draft, issued

from lachan.engine.layout import check_docx, to_docx, to_pdf
from lachan.engine.letters.files.pdf import count_pages
from lachan.foundation.refused import Refused
from lachan.letters import drafting, patterns
from lachan.letters.actions import content_of
from lachan.letters.composing import official
from lachan.letters.draft_forms import DraftForm
from lachan.letters.models import Annex, Letter
from lachan.letters.patterns import Wording
from lachan.letters.receiving import Source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def typed(letter: Letter, **changed: str) -> dict[str, str]:
    form = DraftForm.of(letter)
    return {name: form[name].value() or "" for name in form.fields} | {"dated_on": "05/03/2025"} | changed


def test_what_is_typed_is_kept_and_shown_as_it_will_look(cast: Cast) -> None:
    letter, client = a_draft(cast), signed_in_as(cast.an)
    more = {"urgency": "HOẢ TỐC", "also_sign": "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC; Trần Thị B; Sở Giáo dục và Đào tạo"}
    answer = client.post(f"/van-ban/{letter.pk}/soan/", typed(letter, lam="xem", abstract="mới", **more))
    letter.refresh_from_db()
    assert (letter.abstract, letter.urgency) == ("mới", "HOẢ TỐC")
    assert content_of(letter).also_sign == [["KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", "Trần Thị B", "Sở Giáo dục và Đào tạo"]]
    page = client.get(answer.url).content.decode()
    assert "data:image/png;base64," in page
    assert "Thể thức đúng Nghị định 30" in page


def test_a_field_that_cannot_be_read_does_not_cost_the_others(cast: Cast) -> None:
    letter = a_draft(cast)
    answer = signed_in_as(cast.an).post(
        f"/van-ban/{letter.pk}/soan/", typed(letter, number="ba", body="Nội dung mới.", also_sign="một mình")
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="ba"' in page
    assert "cần có chức vụ và họ tên" in page
    letter.refresh_from_db()
    assert content_of(letter).body == "Nội dung mới."


def test_a_draft_is_saved_while_it_is_typed(cast: Cast) -> None:
    letter = a_draft(cast)
    signed_in_as(cast.an).post(f"/van-ban/{letter.pk}/soan/luu/", typed(letter, abstract="đang gõ"))
    letter.refresh_from_db()
    assert letter.abstract == "đang gõ"


def test_the_number_is_given_when_it_is_issued_and_then_it_stands(cast: Cast) -> None:
    letter, client = a_draft(cast), signed_in_as(cast.an)
    client.post(f"/van-ban/{letter.pk}/phat-hanh/")
    client.post(f"/van-ban/{letter.pk}/phat-hanh/")
    letter.refresh_from_db()
    assert (letter.state, letter.full_symbol) == (Letter.State.ISSUED, "01/UBND-VX")
    assert issued(cast).number == 2
    assert client.get(f"/van-ban/{letter.pk}/soan/").status_code == 404
    with pytest.raises(Refused, match="đã có số"):
        drafting.revise(letter, heading=HEADING, content=PLAIN, by=cast.an, now=NOW)


@pytest.mark.parametrize(
    ("heading", "content", "sentence"),
    [
        (replace(HEADING, signer_name=""), PLAIN, "Chưa có họ và tên người ký"),
        (replace(HEADING, abstract="  "), PLAIN, "Chưa có trích yếu"),
        (HEADING, replace(PLAIN, body="Họp tại [địa điểm]."), "Còn chỗ chưa điền: [địa điểm]"),
    ],
)
def test_a_letter_that_lacks_something_is_not_issued(heading, content, sentence: str, cast: Cast) -> None:
    letter = a_draft(cast, heading=heading, content=content)
    with pytest.raises(Refused) as no:
        drafting.issue_draft(letter, by=cast.an, now=NOW)
    assert sentence in str(no.value)
    page = signed_in_as(cast.an).get(f"/van-ban/{letter.pk}/xem-truoc/").content.decode()
    assert sentence in page
    assert "phat-hanh" not in page


def test_a_draft_is_in_no_book_and_nobody_elses(cast: Cast) -> None:
    letter = a_draft(cast)
    assert signed_in_as(cast.binh).get(f"/van-ban/{letter.pk}/soan/").status_code == 404
    assert signed_in_as(cast.binh).post(f"/van-ban/{letter.pk}/phat-hanh/").status_code == 404
    signed_in_as(cast.an).post(f"/van-ban/{letter.pk}/bo-du-thao/")
    assert not Letter.objects.exists()


def xlsx() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def test_annexes_are_laid_out_on_pages_of_their_own_and_numbered(cast: Cast) -> None:
    letter = a_draft(cast)
    add = {"by": cast.an, "now": NOW}
    drafting.add_annex(letter, title="Nội dung tuyên truyền", text="I. Nhận biết\nCuộc gọi mạo danh.", **add)
    drafting.add_annex(letter, title="Phân công", text="Đơn vị\tViệc\nSở Giáo dục\tTrường học", **add)
    drafting.add_annex(letter, title="Biểu số liệu", source=Source(xlsx(), "bieu.xlsx"), **add)
    assert [one.kind for one in letter.annexes.all()] == ["text", "table", "file"]
    document = official(letter)
    assert check_docx(to_docx(document)) == []
    assert count_pages(to_pdf(document)) == 4
    with zipfile.ZipFile(io.BytesIO(to_docx(document))) as archive:
        words = archive.read("word/document.xml").decode()
    assert all(part in words for part in ("Phụ lục I", "Phụ lục II", "Phụ lục III", "PHÂN CÔNG", "bieu.xlsx"))


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"MZ\x90", "không phải là PDF"),
        ("a.docx", b"PK\x03\x04hong", "bị hỏng"),
        ("a.pdf", b"%PDF-1.4 hong", "bị hỏng"),
    ],
)
def test_a_file_that_is_not_what_it_is_called_is_refused_and_the_page_says_why(
    name: str, data: bytes, sentence: str, cast: Cast
) -> None:
    letter = a_draft(cast)
    form = {"annex-title": "Tệp", "annex-file": SimpleUploadedFile(name, data)}
    answer = signed_in_as(cast.an).post(f"/van-ban/{letter.pk}/soan/phu-luc/", form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Annex.objects.exists()


def test_an_attached_file_is_given_to_those_who_got_the_letter(cast: Cast) -> None:
    letter, client = a_draft(cast), signed_in_as(cast.an)
    form = {"annex-title": "Tệp", "annex-file": SimpleUploadedFile("kế hoạch.docx", as_docx(TO_THE_PROVINCE))}
    client.post(f"/van-ban/{letter.pk}/soan/phu-luc/", form)
    page = f"/van-ban/{letter.pk}/phu-luc/{Annex.objects.get().pk}"
    assert signed_in_as(cast.binh).get(page).status_code == 404
    drafting.issue_draft(letter, by=cast.an, now=NOW)
    drafting.send(letter, to=[cast.district], by=cast.an, now=NOW)
    answer = signed_in_as(cast.binh).get(page)
    assert b"".join(answer.streaming_content).startswith(b"PK")
    answer.close()


def test_an_annex_is_taken_away_from_a_draft_only(cast: Cast) -> None:
    letter, client = a_draft(cast), signed_in_as(cast.an)
    annex = drafting.add_annex(letter, title="Một", text="chữ", by=cast.an, now=NOW)
    drafting.issue_draft(letter, by=cast.an, now=NOW)
    assert client.post(f"/van-ban/{letter.pk}/soan/phu-luc/{annex.pk}/bo/").status_code == 409
    assert Annex.objects.exists()


def test_a_draft_is_not_sent(cast: Cast) -> None:
    with pytest.raises(Refused, match="chưa phát hành"):
        drafting.send(a_draft(cast), to=[cast.district], by=cast.an, now=NOW)


def test_a_units_own_wording_stands_in_place_of_the_houses(cast: Cast) -> None:
    client, page = signed_in_as(cast.an), f"/so-van-ban/{cast.province.pk}/mau/"
    form = {"name": "Kế hoạch của tỉnh", "doc_type": "kế hoạch", "body": "Theo [văn bản gốc]."}
    client.post(f"{page}ke-hoach/", form)
    found = patterns.find(cast.province, "ke-hoach")
    assert found is not None
    assert (found.name, found.is_own) == ("Kế hoạch của tỉnh", True)
    assert patterns.find(cast.district, "ke-hoach").is_own is False
    client.post(f"{page}ke-hoach/bo/")
    assert patterns.find(cast.province, "ke-hoach").is_own is False


def test_a_unit_adds_a_pattern_beside_the_houses(cast: Cast) -> None:
    wording = Wording("", "Thư ngỏ", "thông báo", "", "Kính gửi bà con.")
    assert patterns.keep(cast.province, wording, by=cast.an, now=NOW).code == "thu-ngo"
    assert patterns.for_unit(cast.province)[-1].name == "Thư ngỏ"
    assert signed_in_as(cast.binh).get(f"/so-van-ban/{cast.province.pk}/mau/thu-ngo/").status_code == 404


@pytest.mark.parametrize("wording", patterns.of_the_house(), ids=lambda one: one.code)
def test_every_pattern_of_the_house_is_laid_out_by_the_decree(wording: Wording, cast: Cast) -> None:
    heading = replace(HEADING, doc_type=wording.doc_type, abstract=wording.abstract)
    content = replace(
        PLAIN,
        body=wording.body,
        bases=wording.bases.splitlines(),
        decided_by="Chủ tịch Ủy ban nhân dân tỉnh Sông Lam" if wording.decided else "",
    )
    assert [
        str(fault) for fault in check_docx(to_docx(official(a_draft(cast, heading=heading, content=content))))
    ] == []


def test_a_letter_names_its_annexes_where_its_text_does_not(cast: Cast) -> None:
    letter = a_draft(cast)
    drafting.add_annex(letter, title="Phân công", text="Đơn vị|Việc\nSở|Trường", by=cast.an, now=NOW)
    assert official(letter).body[-1].text == "(Kèm theo Phụ lục: Phân công)"
    drafting.add_annex(letter, title="Biểu", text="chữ", by=cast.an, now=NOW)
    assert official(letter).body[-1].text == "(Kèm theo: Phụ lục I. Phân công; Phụ lục II. Biểu)"
    content = replace(PLAIN, body="Nội dung tại Phụ lục kèm theo.")
    revised = drafting.revise(letter, heading=HEADING, content=content, by=cast.an, now=NOW)
    assert len(official(revised).body) == 1
