"""The codes that edXML uses: of agencies, of what an envelope is for, of what became of it."""

import re
from enum import StrEnum

_OLD = re.compile(r"\d{3}(\.\d{2}){2}\.[A-Z]\d{2}")
_NEW = re.compile(r"[A-Z]\d{2}(\.[0-9A-Z]{1,6}){0,6}")
LONGEST_CODE = 35  # characters (Decision 20/2020/QĐ-TTg)


def is_agency_code(text: str) -> bool:
    """Whether it is written as an agency's code is: "000.01.12.H28" (QCVN 102:2016) or "H28.12.01" (Decision 20/2020)."""
    return len(text) <= LONGEST_CODE and bool(_OLD.fullmatch(text) or _NEW.fullmatch(text))


class Business(StrEnum):
    """What an envelope does with the document it names (BussinessDocType)."""

    NEW = "0"
    RECALL = "1"
    UPDATE = "2"
    REPLACE = "3"


class Status(StrEnum):
    """What became of a document at its recipient (StatusCode; Decision 28/2018/QĐ-TTg)."""

    ARRIVED = "01"
    REFUSED = "02"
    ACCEPTED = "03"
    ASSIGNED = "04"
    IN_PROGRESS = "05"
    FINISHED = "06"
    RECALL_REQUESTED = "13"
    RECALL_AGREED = "15"
    RECALL_REFUSED = "16"
