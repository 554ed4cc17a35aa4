"""edXML envelopes: what is written is read back, prefixes stay, and what is not the standard is refused."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.edxml import (
    Agency,
    Attachment,
    Business,
    Envelope,
    NotEdxml,
    Status,
    StatusMessage,
    is_agency_code,
    read,
    read_status,
    write,
    write_status,
)

AT = datetime(2025, 3, 10, 9)  # noqa: DTZ001 - the standard gives no zone
ENVELOPE = Envelope(
    sender=Agency("000.00.01.H99", "UBND tỉnh Sông Lam", "vp@songlam.example"),
    recipients=(Agency("H99.12.01", "UBND xã Gò Cao"), Agency("000.01.12.H99", "Sở Giáo dục và Đào tạo")),
    number=116,
    symbol="KH-UBND",
    place="Sông Lam",
    dated_on=date(2025, 3, 10),
    doc_type="kế hoạch",
    subject="Nâng cao kỹ năng nhận diện & phòng, chống <lừa đảo>",
    signer_name="Nguyễn Văn A",
    signer_title="CHỦ TỊCH",
    sent_at=AT,
    attachments=(Attachment("Kế hoạch.pdf", b"%PDF-1.7\0\xff"), Attachment("Phụ lục.docx", b"PK", "application/zip")),
)
STATUS = StatusMessage(
    ENVELOPE.document_id, Agency("H99.12.01", "UBND xã Gò Cao"), "000.00.01.H99", Status.ACCEPTED, AT, "Số đến 12"
)
XML = write(ENVELOPE)


def test_what_is_written_is_read_back() -> None:
    assert read(XML) == ENVELOPE
    assert read_status(write_status(STATUS)) == STATUS


def test_the_id_of_a_document_says_who_when_and_which() -> None:
    assert ENVELOPE.document_id == "000.00.01.H99,2025/03/10,116/KH-UBND"


def test_every_element_of_the_envelope_keeps_its_prefix_and_attachments_have_none() -> None:
    assert XML.count(b"<edXML:OrganId>") == 4
    assert b"<edXML:edXMLEnvelope>" in XML
    assert b"<Attachment><ContentType>" in XML


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=60).map(str.strip))
def test_any_words_survive(words: str) -> None:
    if words:
        again = read(write(replace(ENVELOPE, subject=words, reason=words)))
        assert (again.subject, again.reason) == (words, words)


@pytest.mark.parametrize("business", [Business.RECALL, Business.REPLACE])
def test_a_recall_and_a_replacement_name_their_document(business: Business) -> None:
    with pytest.raises(NotEdxml) as no:
        read(write(replace(ENVELOPE, business=business)))
    assert no.value.where == "ReplacementInfoList"
    named = replace(ENVELOPE, business=business, replaces=(ENVELOPE.document_id,), reason="Sai phụ lục")
    assert read(write(named)) == named


@pytest.mark.parametrize(
    ("was", "becomes", "where"),
    [
        (b"<edXML:CodeNumber>116", b"<edXML:CodeNumber>mot", "Code/CodeNumber"),
        (b"2025/03/10</edXML:Prom", b"10-03-2025</edXML:Prom", "PromulgationInfo/PromulgationDate"),
        (b"2025/03/10 09:00:00", b"2025/13/40 99:00:00", "TraceHeader/Timestamp"),
        (b"000.00.01.H99</edXML:OrganId><edXML:OrganName>", b"../../etc</edXML:OrganId><edXML:OrganName>", "OrganId"),
        (b"BussinessDocType>0", b"BussinessDocType>7", "Bussiness/BussinessDocType"),
        (b",116/KH-UBND</edXML:DocumentId>", b",117/KH-UBND</edXML:DocumentId>", "DocumentId"),
        (b"cid:tep-2", b"cid:tep-9", "edXMLManifest"),
        (b"<ContentTransferEncoded>", b"<ContentTransferEncoded>*", "ContentTransferEncoded"),
        (b"QCVN_102_2016", b"QCVN_102_2030", "edXML"),
        (b"<edXML:edXMLBody>", b"<edXML:edXMLBody", "edXML"),
    ],
)
def test_what_is_not_the_standard_is_refused_and_where_is_said(was: bytes, becomes: bytes, where: str) -> None:
    assert was in XML
    with pytest.raises(NotEdxml) as no:
        read(XML.replace(was, becomes))
    assert no.value.where == where


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        XML.replace(b"?>", b'?><!DOCTYPE x SYSTEM "file:///etc/passwd">', 1),
        b"<a>" * 100_000,
        write_status(STATUS),
    ],
    ids=["empty", "zip", "entity", "document type", "deep", "status"],
)
def test_another_document_is_refused(data: bytes) -> None:
    with pytest.raises(NotEdxml):
        read(data)


def test_codes_of_agencies_have_two_forms() -> None:
    assert all(map(is_agency_code, ["000.01.12.H28", "H28", "H28.12", "G09.22.05"]))
    assert not any(map(is_agency_code, ["", "28", "000.1.12.H28", "h28.12", "H28." + "A" * 40, "H28.12 "]))
