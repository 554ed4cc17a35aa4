"""A letter is laid before those who sign, signed in turn by a key or elsewhere, and goes out as that very file."""

from dataclasses import replace
from pathlib import Path

import pytest
from cast import NOW, Cast, signed_in_as
from certificates import PASSWORD, key_of, root
from django.core.files.uploadedfile import SimpleUploadedFile
from letters_made import HEADING, PLAIN, a_draft, issued

from lachan.engine.signing import Key, examine, seal_look, sign
from lachan.foundation.refused import Refused
from lachan.letters import drafting, numbering, signing
from lachan.letters.models import Letter, ReservedNumber, Signing
from lachan.letters.receiving import Source, receive

pytestmark = pytest.mark.django_db
BAY = Key(key_of("Lê Văn Bảy"), PASSWORD)


@pytest.fixture(autouse=True)
def roots(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SIGNATURE_ROOTS = tmp_path / "roots"
    settings.SIGNATURE_ROOTS.mkdir()
    return settings.SIGNATURE_ROOTS


@pytest.fixture
def begun(cast: Cast) -> Signing:
    content = replace(PLAIN, also_sign=[["GIÁM ĐỐC", "Trần Thị B", "Sở Giáo dục và Đào tạo"]])
    return signing.begin(a_draft(cast, content=content), by=cast.an, now=NOW)


def signed_by(begun: Signing, *names: str, by) -> None:
    for name in names:
        signing.sign_with_key(begun, key=Key(key_of(name), PASSWORD), by=by, now=NOW)


def test_a_draft_gets_its_number_and_waits_for_each_in_turn(begun: Signing) -> None:
    assert (begun.letter.state, begun.letter.number) == (Letter.State.SIGNING, 1)
    assert [one.name for one in begun.signatures.all()] == ["Lê Văn Bảy", "Trần Thị B", "UBND tỉnh Sông Lam"]
    assert signing.awaited(begun).name == "Lê Văn Bảy"


def test_when_all_have_signed_it_is_issued_and_the_signed_file_goes_out(begun: Signing, cast: Cast) -> None:
    signed_by(begun, "Lê Văn Bảy", "Trần Thị B", by=cast.an)
    begun.letter.refresh_from_db()
    assert begun.letter.state == Letter.State.SIGNING
    signed_by(begun, "UBND tỉnh", by=cast.an)
    begun.letter.refresh_from_db()
    assert begun.letter.state == Letter.State.ISSUED
    file = signed_in_as(cast.an).get(f"/van-ban/{begun.letter.pk}/van-ban.pdf").content
    assert [(one.signer, one.holds) for one in examine(file, trusted=(), at=NOW)] == [
        ("Lê Văn Bảy", True),
        ("Trần Thị B", True),
        ("UBND tỉnh", True),
    ]
    with pytest.raises(Refused, match="đã đủ chữ ký"):
        signed_by(begun, "Người khác", by=cast.an)


def upload(begun: Signing, cast: Cast, pdf: bytes):
    form = {"file": SimpleUploadedFile("ky.pdf", pdf)}
    return signed_in_as(cast.an).post(f"/van-ban/{begun.letter.pk}/chu-ky/ban-da-ky/", form)


def elsewhere(begun: Signing, pdf: bytes) -> bytes:
    field = signing.awaited(begun).field
    box = signing._boxes(begun.letter)[field]
    return sign(pdf, field, box, BAY, seal_look(NOW))


def test_a_file_signed_elsewhere_is_taken(begun: Signing, cast: Cast) -> None:
    handed_out = signed_in_as(cast.an).get(f"/van-ban/{begun.letter.pk}/van-ban.pdf").content
    assert upload(begun, cast, elsewhere(begun, handed_out)).status_code == 302
    assert begun.signatures.first().certificate == "Lê Văn Bảy (Gốc thử nghiệm)"


def test_a_file_that_is_not_the_one_handed_out_is_refused(begun: Signing, cast: Cast) -> None:
    handed_out = signing.latest(begun)
    other = signing.begin(a_draft(cast, heading=replace(HEADING, abstract="khác")), by=cast.an, now=NOW)
    once = elsewhere(begun, handed_out)
    for pdf, sentence in (
        (b"GIF89a", "không phải là PDF"),
        (elsewhere(other, signing.latest(other)), "không phải bản PDF đã tải về"),
        (handed_out + b"\n", "đúng một chữ ký số"),
        (once.replace(b"/Rect", b"/Rekt", 1), "không phải bản PDF đã tải về"),
    ):
        answer = upload(begun, cast, pdf)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert signing.awaited(begun).order == 1


def test_a_wrong_password_is_told_and_nothing_of_the_key_is_kept(begun: Signing, cast: Cast, settings) -> None:
    form = {"key": SimpleUploadedFile("bay.p12", key_of("Lê Văn Bảy")), "password": "sai"}
    answer = signed_in_as(cast.an).post(f"/van-ban/{begun.letter.pk}/chu-ky/ky/", form)
    assert answer.status_code == 422
    assert "Mật khẩu của tệp chứng thư không đúng" in answer.content.decode()
    assert "sai" not in answer.content.decode().replace("sai ", "")
    kept = [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert all(key_of("Lê Văn Bảy") not in one for one in kept)


@pytest.mark.parametrize(("is_trusted", "words"), [(True, "Chữ ký hợp lệ"), (False, "chưa rõ nơi cấp chứng thư")])
def test_the_page_says_what_the_signatures_are_worth(
    is_trusted: bool, words: str, begun: Signing, cast: Cast, roots: Path
) -> None:
    if is_trusted:
        (roots / "goc.pem").write_bytes(root().pem)
    signed_by(begun, "Lê Văn Bảy", by=cast.an)
    page = signed_in_as(cast.an).get(f"/van-ban/{begun.letter.pk}/chu-ky/").content.decode()
    assert words in page
    assert "Đến lượt Trần Thị B" in page


def test_a_signed_letter_that_came_in_is_examined_too(begun: Signing, cast: Cast) -> None:
    signed_by(begun, "Lê Văn Bảy", by=cast.an)
    begun.refresh_from_db()
    came = receive(holder=cast.department, source=Source(signing.latest(begun), "den.pdf"), by=cast.an, now=NOW)
    page = signed_in_as(cast.an).get(f"/van-ban/{came.pk}/chu-ky/").content.decode()
    assert "còn nguyên vẹn" in page
    assert "Đến lượt" not in page


def test_taken_back_it_is_a_draft_and_keeps_its_number_for_itself(begun: Signing, cast: Cast) -> None:
    letter = signing.withdraw(begun, by=cast.an, now=NOW)
    assert letter.state == Letter.State.DRAFT
    assert issued(cast).number == 2
    assert drafting.issue_draft(letter, by=cast.an, now=NOW).number == 1
    assert not ReservedNumber.objects.exists()


def test_a_letter_issued_before_may_be_signed_afterwards(cast: Cast) -> None:
    letter = issued(cast)
    begun = signing.begin(letter, by=cast.an, now=NOW)
    assert signing.begin(letter, by=cast.an, now=NOW) == begun
    assert signing.withdraw(begun, by=cast.an, now=NOW).state == Letter.State.ISSUED
    assert numbering.skipped(cast.province, 2025) == []


def test_a_cancelled_letter_is_not_signed(begun: Signing, cast: Cast) -> None:
    drafting.cancel(begun.letter, because="Sai", by=cast.an, now=NOW)
    with pytest.raises(Refused, match="đã hủy"):
        signed_by(begun, "Lê Văn Bảy", by=cast.an)


def test_those_who_got_the_letter_see_its_signatures_and_sign_nothing(begun: Signing, cast: Cast) -> None:
    begun.letter.sent_to.add(cast.district)
    client, page = signed_in_as(cast.binh), f"/van-ban/{begun.letter.pk}/chu-ky/"
    assert "Ký bằng tệp chứng thư" not in client.get(page).content.decode()
    for action in ("ky/", "ban-da-ky/", "rut/"):
        assert client.post(page + action).status_code == 404
