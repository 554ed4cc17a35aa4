"""Signing a PDF and examining it, with a root of the test's own; checked by another library too."""

import io
from datetime import UTC, datetime

import pytest
from asn1crypto import cms
from certificates import PASSWORD, key_of, root
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from PIL import Image
from pyhanko.pdf_utils.generic import NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from lachan.engine.layout import OfficialDocument, Signer, signing_places, to_pdf
from lachan.engine.layout.document import DocumentDate, Paragraph
from lachan.engine.letters.files.pdf import pictures
from lachan.engine.signing import (
    CannotSign,
    Key,
    Look,
    Standing,
    continues,
    examine,
    prepare,
    seal_box,
    seal_look,
    sign,
    signature_box,
    signature_look,
)

AT = datetime(2025, 3, 5, 2, tzinfo=UTC)
DOCUMENT = OfficialDocument(
    agency="Sở Thông tin và Truyền thông",
    parent="UBND tỉnh Sông Lam",
    symbol="STTTT",
    number=5,
    place="Sông Lam",
    date=DocumentDate(2025, 3, 5),
    abstract="phòng, chống lừa đảo",
    body=(Paragraph("Đề nghị các đơn vị thực hiện."),),
    signer=Signer("GIÁM ĐỐC", "Lê Văn Bảy"),
)
PLACE = signing_places(DOCUMENT)[0]
PERSON, SEAL = signature_box(PLACE), seal_box(PLACE)
LOOK = signature_look("Lê Văn Bảy", "Sở Thông tin và Truyền thông", AT)
PREPARED = prepare(to_pdf(DOCUMENT), {"nguoi-ky-1": PERSON, "dau": SEAL})
TRUSTED = (root().pem,)


def signed(pdf: bytes = PREPARED, look: Look = LOOK) -> bytes:
    return sign(pdf, "nguoi-ky-1", PERSON, Key(key_of("Lê Văn Bảy"), PASSWORD), look)


ONCE = signed()


def test_an_unsigned_file_has_no_signatures() -> None:
    assert examine(PREPARED, trusted=TRUSTED, at=AT) == []
    assert examine(b"no PDF", trusted=TRUSTED, at=AT) == []


def test_who_signed_is_told_and_the_file_holds() -> None:
    [found] = examine(ONCE, trusted=TRUSTED, at=AT)
    assert (found.field, found.signer, found.issuer) == ("nguoi-ky-1", "Lê Văn Bảy", "Gốc thử nghiệm")
    assert (found.holds, found.standing) == (True, Standing.TRUSTED)
    assert found.signed_at is not None


def test_the_agency_signs_after_the_person_and_both_hold() -> None:
    twice = sign(ONCE, "dau", SEAL, Key(key_of("Sở Thông tin"), PASSWORD), seal_look(AT))
    assert continues(twice, ONCE)
    assert [(one.signer, one.holds) for one in examine(twice, trusted=TRUSTED, at=AT)] == [
        ("Lê Văn Bảy", True),
        ("Sở Thông tin", True),
    ]


def test_a_root_that_nobody_trusts_is_unknown_and_a_certificate_past_its_time_is_told() -> None:
    assert examine(ONCE, trusted=(), at=AT)[0].standing is Standing.UNKNOWN
    later = datetime(2100, 1, 1, tzinfo=UTC)
    assert examine(ONCE, trusted=TRUSTED, at=later)[0].standing is Standing.OUT_OF_DATE


def test_a_changed_byte_is_found_out() -> None:
    at = ONCE.index(b"stream") + 20
    changed = ONCE[:at] + bytes([ONCE[at] ^ 1]) + ONCE[at + 1 :]
    assert [one.holds for one in examine(changed, trusted=TRUSTED, at=AT)] in ([False], [])


def test_a_page_drawn_over_after_signing_is_found_out() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(ONCE))
    page = writer.find_page_for_modification(0)[0]
    page.get_object()[NameObject("/Rotate")] = NumberObject(90)
    writer.mark_update(page)
    out = io.BytesIO()
    writer.write(out)
    assert [one.holds for one in examine(out.getvalue(), trusted=TRUSTED, at=AT)] == [False]


def test_another_library_finds_the_signature_good() -> None:
    """Byte range and digest by hand, the key operation by cryptography: nothing of the library that signed."""
    at = ONCE.rindex(b"/ByteRange")
    start, first, second, last = map(int, ONCE[ONCE.index(b"[", at) + 1 : ONCE.index(b"]", at)].split())
    content = bytes.fromhex(ONCE[first + 1 : second - 1].decode())
    data = cms.ContentInfo.load(content)["content"]
    said = data["signer_infos"][0]
    digest = hashes.Hash(hashes.SHA256())
    digest.update(ONCE[start : start + first] + ONCE[second : second + last])
    attributes = {one["type"].native: one["values"][0].native for one in said["signed_attrs"]}
    assert attributes["message_digest"] == digest.finalize()
    assert second + last == len(ONCE)
    public = serialization.load_der_public_key(data["certificates"][0].chosen.public_key.dump())
    public.verify(said["signature"].native, said["signed_attrs"].untag().dump(), padding.PKCS1v15(), hashes.SHA256())
    assert b"ETSI.CAdES.detached" in ONCE


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (Key(key_of("Lê Văn Bảy"), "sai"), "password"),
        (Key(b"no key", PASSWORD), "key"),
    ],
)
def test_what_stands_in_the_way_is_told(key: Key, why: str) -> None:
    with pytest.raises(CannotSign) as no:
        sign(PREPARED, "nguoi-ky-1", PERSON, key, LOOK)
    assert no.value.why == why


def test_a_field_is_signed_once_and_must_be_there() -> None:
    for pdf, field in ((ONCE, "nguoi-ky-1"), (PREPARED, "khac")):
        with pytest.raises(CannotSign, match="file"):
            sign(pdf, field, PERSON, Key(key_of("Lê Văn Bảy"), PASSWORD), LOOK)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (200, 80), (0, 0, 200, 255)).save(out, "PNG")
    return out.getvalue()


def test_a_picture_of_the_signature_is_drawn_in_its_place() -> None:
    def blue(pdf: bytes) -> int:
        with Image.open(io.BytesIO(pictures(pdf, dpi=60, most=1)[0])) as page:
            return sum(
                count for count, colour in page.convert("RGB").getcolors(1 << 20) or () if colour[2] > colour[0] + 99
            )

    look = signature_look("Lê Văn Bảy", "", AT, png())
    assert blue(PREPARED) == 0
    assert blue(signed(look=look)) > 1000
    with pytest.raises(CannotSign, match="picture"):
        signed(look=signature_look("Lê Văn Bảy", "", AT, b"GIF89a"))


def test_the_password_and_the_key_are_never_shown() -> None:
    assert PASSWORD not in repr(Key(b"x", PASSWORD))
