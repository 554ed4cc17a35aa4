"""What an envelope and a message of status say."""

from dataclasses import dataclass
from datetime import date, datetime

from lachan.engine.edxml.codes import Business, Status


@dataclass(frozen=True)
class Agency:
    """One end of the way: its code, and how it is called."""

    code: str
    name: str
    email: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file that goes along; what it is is judged by its content, not by what the envelope says."""

    name: str
    data: bytes
    content_type: str = "application/pdf"


@dataclass(frozen=True)
class Envelope:
    """A letter on its way. `replaces`: ids of the documents it takes the place of, or recalls."""

    sender: Agency
    recipients: tuple[Agency, ...]
    number: int
    symbol: str  # of the letter: "UBND-VX"
    place: str
    dated_on: date
    doc_type: str
    subject: str
    signer_name: str
    signer_title: str
    sent_at: datetime
    business: Business = Business.NEW
    reason: str = ""
    replaces: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def document_id(self) -> str:
        """ "OrganId,yyyy/MM/dd,number/notation", by which all sides know the document."""
        return f"{self.sender.code},{self.dated_on:%Y/%m/%d},{self.number}/{self.symbol}"


@dataclass(frozen=True)
class StatusMessage:
    """What became of a document at `sender`, told to the agency that sent it."""

    document_id: str
    sender: Agency
    recipient: str  # code of the agency the document came from
    status: Status
    at: datetime
    description: str = ""
