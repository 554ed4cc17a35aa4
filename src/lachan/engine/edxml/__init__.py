"""Letters between agencies as edXML envelopes (QCVN 102:2016/BTTTT), and what answers them (decision 0027)."""

from lachan.engine.edxml.codes import Business, Status, is_agency_code
from lachan.engine.edxml.envelope import Agency, Attachment, Envelope, StatusMessage
from lachan.engine.edxml.reading import NotEdxml, read, read_status
from lachan.engine.edxml.writing import write, write_status

__all__ = [
    "Agency",
    "Attachment",
    "Business",
    "Envelope",
    "NotEdxml",
    "Status",
    "StatusMessage",
    "is_agency_code",
    "read",
    "read_status",
    "write",
    "write_status",
]
