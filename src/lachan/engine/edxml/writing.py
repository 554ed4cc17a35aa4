"""Envelopes and messages of status as XML."""

from base64 import b64encode
from datetime import datetime

from lxml import etree

from lachan.engine.edxml.codes import Business
from lachan.engine.edxml.envelope import Agency, Envelope, StatusMessage
from lachan.engine.edxml.names import ADMINISTRATIVE, DAY, DOCUMENT_TYPES, MOMENT, NAMESPACE, XLINK, e

Element = etree._Element


def write(envelope: Envelope) -> bytes:
    """The envelope with its attachments."""
    root = etree.Element(e("edXML"), nsmap={"edXML": NAMESPACE, "xlink": XLINK})
    parts = _add(root, "edXMLEnvelope")
    header, body = _add(parts, "edXMLHeader"), _add(parts, "edXMLBody")
    _message_header(header, envelope)
    _trace(header, envelope)
    manifest = _add(body, "edXMLManifest", version="1.0")
    encoded = etree.SubElement(root, "AttachmentEncoded")
    for at, one in enumerate(envelope.attachments, start=1):
        key = f"tep-{at}"
        reference = _add(manifest, "Reference")
        reference.set(f"{{{XLINK}}}href", f"cid:{key}")
        kept = etree.SubElement(encoded, "Attachment")
        said = {"ContentType": one.content_type, "ContentId": key, "Description": one.name, "AttachmentName": one.name}
        for name, text in said.items():
            _add(reference, name, text)
            etree.SubElement(kept, name).text = text
        etree.SubElement(kept, "ContentTransferEncoded").text = b64encode(one.data).decode()
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _message_header(header: Element, envelope: Envelope) -> None:
    said = _add(header, "MessageHeader")
    _agency(_add(said, "From"), envelope.sender)
    for one in envelope.recipients:
        _agency(_add(said, "To"), one)
    code = _add(said, "Code")
    _add(code, "CodeNumber", str(envelope.number))
    _add(code, "CodeNotation", envelope.symbol)
    issued = _add(said, "PromulgationInfo")
    _add(issued, "Place", envelope.place)
    _add(issued, "PromulgationDate", envelope.dated_on.strftime(DAY))
    kind = _add(said, "DocumentType")
    _add(kind, "Type", DOCUMENT_TYPES.get(envelope.doc_type, ADMINISTRATIVE))
    _add(kind, "TypeName", envelope.doc_type)
    _add(said, "Subject", envelope.subject)
    signer = _add(said, "SignerInfo")
    _add(signer, "Position", envelope.signer_title)
    _add(signer, "FullName", envelope.signer_name)
    _add(said, "DocumentId", envelope.document_id)


def _trace(header: Element, envelope: Envelope) -> None:
    traces = _add(header, "TraceHeaderList", id="1", version="1.0", mustUnderstand="1", actor=envelope.sender.code)
    trace = _add(traces, "TraceHeader")
    _add(trace, "OrganId", envelope.sender.code)
    _add(trace, "Timestamp", _moment(envelope.sent_at))
    business = _add(traces, "Bussiness")
    _add(business, "BussinessDocType", envelope.business)
    _add(business, "BussinessDocReason", envelope.reason)
    replaced = envelope.replaces if envelope.business is not Business.NEW else ()
    if replaced:
        listed = _add(business, "ReplacementInfoList")
        for one in replaced:
            _add(_add(listed, "ReplacementInfo"), "DocumentId", one)


def _agency(at: Element, agency: Agency) -> None:
    for name, text in {"OrganId": agency.code, "OrganName": agency.name, "Email": agency.email}.items():
        if text:
            _add(at, name, text)


def write_status(message: StatusMessage) -> bytes:
    """The message of status."""
    root = etree.Element(e("edXML"), nsmap={"edXML": NAMESPACE})
    said = _add(root, "Status")
    answered = _add(said, "ResponseFor")
    _add(answered, "OrganId", message.recipient)
    _add(answered, "DocumentId", message.document_id)
    _agency(_add(said, "From"), message.sender)
    _add(said, "StatusCode", message.status)
    _add(said, "Description", message.description)
    _add(said, "Timestamp", _moment(message.at))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _moment(at: datetime) -> str:
    return at.strftime(MOMENT)


def _add(at: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    made = etree.SubElement(at, e(name), attrib=attributes)
    made.text = text
    return made
