"""The layout checker: re-reads a DOCX, from whichever program, and says where it leaves Decree 30/2020/NĐ-CP."""

from lachan.engine.layout.check.boxes import addressees, annexes, body, foot, head, pages, title
from lachan.engine.layout.check.faults import Fault
from lachan.engine.layout.check.parts import find
from lachan.engine.layout.check.reading import NotADocument, read
from lachan.engine.layout.rules import decree30

__all__ = ["Fault", "NotADocument", "check_docx"]


def check_docx(data: bytes) -> list[Fault]:
    """Give every fault in the layout of an administrative document, in the order of the page; none means it holds.

    Raises NotADocument, with a sentence in Vietnamese, when the bytes cannot be read as DOCX.
    """
    rules, parts = decree30(), find(read(data))
    checks = (pages, head, title, addressees, body, foot, annexes)
    return [fault for check in checks for fault in check(parts, rules)]
