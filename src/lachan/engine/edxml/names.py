"""Names of elements. Each child of the envelope keeps its prefix: the national side refuses what a tidy writer leaves out."""

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
XLINK = "http://www.w3.org/1999/xlink"
DAY, MOMENT = "%Y/%m/%d", "%Y/%m/%d %H:%M:%S"
DOCUMENT_TYPES = {"công văn": "18", "quyết định": "3", "kế hoạch": "11", "báo cáo": "12", "thông báo": "5"}
"""Type codes of kinds of document. Implementations differ, so what is read goes by the type's name."""
ADMINISTRATIVE = "2"
"""The code of any other kind."""


def e(name: str) -> str:
    """The name of an element of the standard."""
    return f"{{{NAMESPACE}}}{name}"
