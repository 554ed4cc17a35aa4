"""Letters come in through the page of the register: read and kept, or refused with a sentence and nothing kept."""

import io
import stat
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cast import NOW, Cast, assemble, hire, signed_in_as
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from letter_samples import FROM_ABOVE, TO_THE_PROVINCE, as_docx
from PIL import Image, ImageDraw, ImageFont
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from lachan.foundation.models import AuditEntry
from lachan.foundation.uploads import LARGEST_FILE
from lachan.letters import receiving, tasks
from lachan.letters.models import Letter
from lachan.letters.receiving import Source, receive
from lachan.orgs.models import Role, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def send(client: Client, unit: Unit, data: bytes, name: str = "cong van.docx"):
    return client.post(f"/so-van-ban/{unit.pk}/nhan/", {"file": SimpleUploadedFile(name, data)})


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_letter_is_read_and_kept(cast: Cast, files: Path) -> None:
    answer = send(signed_in_as(cast.an), cast.department, as_docx(TO_THE_PROVINCE), "../../bí mật.docx")
    letter = Letter.objects.get()
    assert answer.url == f"/van-ban/{letter.pk}/"
    assert (letter.full_symbol, letter.issuer, str(letter.dated_on)) == (
        "214/STTTT-CNTT",
        "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        "2025-03-10",
    )
    assert (letter.state, letter.holder, letter.original_name) == (Letter.State.READ, cast.department, "bí mật.docx")
    file = kept(files).pop()
    assert file.name == f"{letter.sha256}.docx"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_same_file_again_leads_to_the_same_letter(cast: Cast, files: Path) -> None:
    client, data = signed_in_as(cast.an), as_docx(TO_THE_PROVINCE)
    first, second = send(client, cast.department, data), send(client, cast.department, data, "khác.docx")
    assert first.url == second.url
    assert len(kept(files)) == 1


def test_two_units_keep_the_same_letter_each_for_itself(cast: Cast) -> None:
    client, data = signed_in_as(cast.an), as_docx(TO_THE_PROVINCE)
    send(client, cast.department, data)
    send(client, cast.education, data)
    assert Letter.objects.count() == 2


def test_pasted_text_is_a_letter_too(cast: Cast) -> None:
    signed_in_as(cast.an).post(f"/so-van-ban/{cast.department.pk}/nhan/", {"text": TO_THE_PROVINCE})
    assert Letter.objects.get().number == 214


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    """A good DOCX with one part more, or another in place of its own."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_docx(TO_THE_PROVINCE))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for entry in good.namelist():
            if entry != name:
                bad.writestr(entry, good.read(entry))
        bad.writestr(name, data)
    return out.getvalue()


LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p>
</w:body></w:document>"""
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600

BAD = {
    "rỗng": (b"", "a.docx", "Tệp rỗng"),
    "hỏng": (as_docx(TO_THE_PROVINCE)[:2000], "a.docx", "hỏng"),
    "PDF hỏng": (b"%PDF-1.7\n" + b"x" * 500, "a.pdf", "hỏng"),
    "đặt mật khẩu": (LOCKED, "a.docx", "mật khẩu"),
    "có macro": (with_part("word/vbaProject.bin", b"\0" * 100), "a.docx", "macro"),
    "bom nén": (with_part("word/media/x.xml", b"\0" * 120_000_000), "a.docx", "bất thường"),
    "bom XML": (with_part("word/document.xml", LAUGHS), "a.docx", "bất thường"),
    "chương trình": (b"MZ" + b"\0" * 500, "cong van.docx", "chưa đọc được"),
    "bảng tính": (zipped(xl__workbook=b"<x/>"), "a.docx", "chưa đọc được"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_or_must_not_be_read_is_refused_with_its_sentence_and_nothing_is_kept(
    case: str, cast: Cast, files: Path
) -> None:
    data, name, sentence = BAD[case]
    answer = send(signed_in_as(cast.an), cast.department, data, name)
    assert answer.status_code in (409, 422)
    assert sentence in answer.content.decode()
    assert not Letter.objects.exists()
    assert not kept(files)
    assert not AuditEntry.objects.filter(verb__startswith="letters.").exists()


def test_nothing_sent_asks_for_something(cast: Cast) -> None:
    answer = signed_in_as(cast.an).post(f"/so-van-ban/{cast.department.pk}/nhan/", {})
    assert answer.status_code == 422
    assert "Chọn một tệp" in answer.content.decode()


class Zeros(io.RawIOBase):
    """A file of zeros that is never in memory as a whole; counts what was taken of it."""

    name = "ban-quet.pdf"

    def __init__(self, length: int) -> None:
        self.left = length

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        taken = min(self.left, size if size >= 0 else self.left, 2**16)
        self.left -= taken
        return b"\0" * taken


@pytest.mark.parametrize("length", [LARGEST_FILE + 1, 100 * 2**20], ids=["just over", "100 MB"])
def test_a_file_too_large_is_passed_over_without_being_kept_in_memory(length: int, cast: Cast, files: Path) -> None:
    import tracemalloc

    head = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    )
    tail = b"\r\n--x--\r\n"
    body = Body([io.BytesIO(head), Zeros(length), io.BytesIO(tail)])
    client = signed_in_as(cast.an)
    tracemalloc.start()
    answer = client.generic(
        "POST",
        f"/so-van-ban/{cast.department.pk}/nhan/",
        **{
            "wsgi.input": body,
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": str(len(head) + length + len(tail)),
        },
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.status_code == 422
    assert "Tệp lớn hơn 25\N{NO-BREAK SPACE}MB" in answer.content.decode()
    assert not Letter.objects.exists()
    assert not kept(files)
    assert peak < LARGEST_FILE


class Body:
    """Several streams, one after another, as a web server hands a request's body over."""

    def __init__(self, parts: list[io.IOBase]) -> None:
        self.parts = parts

    def read(self, size: int = -1) -> bytes:
        while self.parts:
            taken: bytes = self.parts[0].read(size)  # type: ignore[attr-defined]
            if taken:
                return taken
            self.parts.pop(0)
        return b""

    readline = read


def test_a_unit_of_others_has_no_register_for_us(cast: Cast) -> None:
    for client in (signed_in_as(cast.binh), signed_in_as(hire("Em"))):
        assert client.get(f"/so-van-ban/{cast.department.pk}/").status_code == 404
        assert send(client, cast.department, as_docx(TO_THE_PROVINCE)).status_code == 404
    looker = signed_in_as(hire("Yên", (Role.COLLABORATOR, cast.department)))
    assert send(looker, cast.department, as_docx(TO_THE_PROVINCE)).status_code == 403
    assert not Letter.objects.exists()


SCANNED = """UBND TỈNH SÔNG LAM
SỞ Y TẾ
Số: 45/SYT-VP

Sông Lam, ngày 12 tháng 3 năm 2025

Kính gửi: Báo Sông Lam

"""


def scan() -> bytes:
    """A page at 300 dots an inch: too much to be read while somebody waits."""
    page = Image.new("L", (2480, 3508), 255)
    font = ImageFont.truetype(str(next(Path("src/lachan/engine/layout/fonts").glob("*Regular*"))), 56)
    words = SCANNED + "Đề nghị Báo phối hợp tuyên truyền về các thủ đoạn lừa đảo trực tuyến.\n" * 24
    ImageDraw.Draw(page).multiline_text((200, 160), words, fill=0, font=font, spacing=30)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def a_scan(cast: Cast) -> Letter:
    return receive(holder=cast.department, source=Source(scan(), "quét.png"), by=cast.an, now=NOW)


def test_a_scan_is_read_in_the_background(cast: Cast) -> None:
    letter = a_scan(cast)
    assert letter.state == Letter.State.READING
    assert ProcrastinateJob.objects.filter(task_name="letters.read_scan", args={"letter": letter.pk}).count() == 1
    tasks.read_pages(letter, now=NOW)
    letter.refresh_from_db()
    assert (letter.state, letter.number, letter.reading_pages, letter.pages) == (Letter.State.READ, 45, 1, 1)


def test_the_page_says_when_nobody_reads_and_refreshes_when_somebody_does(cast: Cast, monkeypatch) -> None:
    letter, client = a_scan(cast), signed_in_as(cast.an)
    page = client.get(f"/van-ban/{letter.pk}/").content.decode()
    assert "Tiến trình nền chưa chạy" in page
    assert 'http-equiv="refresh"' not in page
    monkeypatch.setattr("lachan.letters.shown.worker_is_up", lambda now: True)
    page = client.get(f"/van-ban/{letter.pk}/").content.decode()
    assert "Đang đọc bản quét" in page
    assert 'http-equiv="refresh"' in page


def test_reading_stops_when_asked_and_may_be_begun_again(cast: Cast) -> None:
    letter, client = a_scan(cast), signed_in_as(cast.an)
    client.post(f"/van-ban/{letter.pk}/dung-doc/")
    letter.refresh_from_db()
    tasks.read_pages(letter, now=NOW)
    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == (Letter.State.UNREADABLE, "Đã dừng đọc tệp theo yêu cầu.")
    client.post(f"/van-ban/{letter.pk}/doc-lai/")
    letter.refresh_from_db()
    assert tasks.read_pages(letter, now=NOW).state == Letter.State.READ


def test_references_lead_to_letters_that_are_here_whichever_came_first(cast: Cast) -> None:
    later = receive(holder=cast.department, source=Source(as_docx(TO_THE_PROVINCE), "a.docx"), by=cast.an, now=NOW)
    assert later.references.get().target is None
    plan = FROM_ABOVE.replace("57/CATTT-NCSC", "116/KH-UBND").replace("03 tháng 3 năm", "20 tháng 02 năm")
    earlier = receiving.receive(holder=cast.department, source=Source(as_docx(plan), "b.docx"), by=cast.an, now=NOW)
    assert later.references.get().target == earlier
    page = signed_in_as(cast.an).get(f"/van-ban/{earlier.pk}/").content.decode()
    assert f'href="/van-ban/{later.pk}/"' in page


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_takes_up_the_scan() -> None:
    letter = a_scan(assemble())
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    # In a thread: a browser test before this one leaves its event loop running in ours.
    with app.replace_connector(connector) as worker, ThreadPoolExecutor(1) as thread:
        thread.submit(worker.run_worker, wait=False, install_signal_handlers=False, listen_notify=False).result()
    letter.refresh_from_db()
    assert (letter.state, letter.number) == (Letter.State.READ, 45)
