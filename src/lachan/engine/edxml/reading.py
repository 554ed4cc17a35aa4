"""XML from elsewhere as envelopes and messages of status, held to the standard; entities and document types are refused."""

import binascii
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TypeVar

from lxml import etree

from lachan.engine.edxml.codes import Business, Status, is_agency_code
from lachan.engine.edxml.envelope import Agency, Attachment, Envelope, StatusMessage
from lachan.engine.edxml.names import DAY, MOMENT, XLINK, e

Element = etree._Element
Value = TypeVar("Value")
LARGEST = 60 * 1024 * 1024
LONGEST = 2_000
"""Characters in one field."""
MOST_FILES = 50


class NotEdxml(Exception):
    """It is not an envelope as the standard has it; `where` says which element."""

    def __init__(self, where: str) -> None:
        """Say where."""
        super().__init__(where)
        self.where = where


def read(data: bytes) -> Envelope:
    """An envelope with its attachments. Raises NotEdxml."""
    root = _parsed(data)
    header = _one(root, "edXMLEnvelope/edXMLHeader")
    said, traces = _one(header, "MessageHeader"), _one(header, "TraceHeaderList")
    envelope = Envelope(
        sender=_agency(_one(said, "From")),
        recipients=tuple(_agency(one) for one in said.findall(e("To"))),
        number=_typed(said, "Code/CodeNumber", _number),
        symbol=_text(said, "Code/CodeNotation"),
        place=_text(said, "PromulgationInfo/Place", required=False),
        dated_on=_typed(said, "PromulgationInfo/PromulgationDate", _day),
        doc_type=_text(said, "DocumentType/TypeName", required=False).lower() or "công văn",
        subject=_text(said, "Subject"),
        signer_name=_text(said, "SignerInfo/FullName", required=False),
        signer_title=_text(said, "SignerInfo/Position", required=False),
        sent_at=_typed(traces, "TraceHeader/Timestamp", _moment),
        business=_typed(traces, "Bussiness/BussinessDocType", Business),
        reason=_text(traces, "Bussiness/BussinessDocReason", required=False),
        replaces=tuple(
            _text(one, "DocumentId") for one in traces.iterfind(_path("Bussiness/ReplacementInfoList/ReplacementInfo"))
        ),
        attachments=tuple(_attachments(root)),
    )
    if not envelope.recipients:
        raise NotEdxml("To")
    if _text(said, "DocumentId") != envelope.document_id:
        raise NotEdxml("DocumentId")
    if envelope.business in (Business.RECALL, Business.REPLACE) and not envelope.replaces:
        raise NotEdxml("ReplacementInfoList")
    return envelope


def read_status(data: bytes) -> StatusMessage:
    """A message of status. Raises NotEdxml."""
    said = _one(_parsed(data), "Status")
    return StatusMessage(
        document_id=_text(said, "ResponseFor/DocumentId"),
        sender=_agency(_one(said, "From")),
        recipient=_text(said, "ResponseFor/OrganId"),
        status=_typed(said, "StatusCode", Status),
        at=_typed(said, "Timestamp", _moment),
        description=_text(said, "Description", required=False),
    )


def _parsed(data: bytes) -> Element:
    if len(data) > LARGEST or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise NotEdxml("edXML")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=len(data) > 10**7, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise NotEdxml("edXML") from None
    if root.tag != e("edXML") or root.getroottree().docinfo.internalDTD is not None:
        raise NotEdxml("edXML")
    return root


def _attachments(root: Element) -> Iterator[Attachment]:
    """Those that the manifest names and no others."""
    encoded = root.findall("AttachmentEncoded/Attachment")
    keys = [_plain(one, "ContentId") for one in encoded]
    named = root.iterfind(_path("edXMLEnvelope/edXMLBody/edXMLManifest/Reference"))
    wanted = [str(one.get(f"{{{XLINK}}}href", "")).removeprefix("cid:") for one in named]
    if len(keys) > MOST_FILES or sorted(keys) != sorted(wanted) or len(set(keys)) != len(keys):
        raise NotEdxml("edXMLManifest")
    for one in encoded:
        try:
            data = b64decode("".join((one.findtext("ContentTransferEncoded") or "").split()), validate=True)
        except (binascii.Error, ValueError):
            raise NotEdxml("ContentTransferEncoded") from None
        yield Attachment(_plain(one, "AttachmentName"), data, _plain(one, "ContentType"))


def _agency(at: Element) -> Agency:
    code = _text(at, "OrganId")
    if not is_agency_code(code):
        raise NotEdxml("OrganId")
    return Agency(code, _text(at, "OrganName"), _text(at, "Email", required=False))


def _one(at: Element, path: str) -> Element:
    found = at.find(_path(path))
    if found is None:
        raise NotEdxml(path)
    return found


def _text(at: Element, path: str, *, required: bool = True) -> str:
    text = (at.findtext(_path(path)) or "").strip()
    if len(text) > LONGEST or (required and not text):
        raise NotEdxml(path)
    return text


def _plain(at: Element, name: str) -> str:
    """Of the attachments, which stand outside the namespace."""
    return (at.findtext(name) or "").strip()[:LONGEST]


def _typed(at: Element, path: str, read_as: Callable[[str], Value]) -> Value:
    try:
        return read_as(_text(at, path))
    except ValueError:
        raise NotEdxml(path) from None


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    return datetime.strptime(text, DAY).date()  # noqa: DTZ007 - a day has no zone


def _moment(text: str) -> datetime:
    return datetime.strptime(text, MOMENT)  # noqa: DTZ007 - the standard gives no zone: the time of Vietnam


def _path(path: str) -> str:
    return "/".join(e(name) for name in path.split("/"))
