"""Writing official documents in the layout of Decree 30/2020/NĐ-CP, and checking that layout in any DOCX."""

from lachan.engine.layout.check import Fault, NotADocument, check_docx
from lachan.engine.layout.document import (
    Annex,
    Block,
    Cell,
    Circulation,
    Column,
    DocumentDate,
    GroupRow,
    Heading,
    Level,
    ListItem,
    OfficialDocument,
    Paragraph,
    Row,
    Signer,
    Span,
    Table,
    Urgency,
)
from lachan.engine.layout.docx import to_docx
from lachan.engine.layout.pdf import SigningPlace, signing_places, to_pdf
from lachan.engine.layout.separated import to_csv
from lachan.engine.layout.xlsx import SheetTable, to_xlsx

__all__ = [
    "Annex",
    "Block",
    "Cell",
    "Circulation",
    "Column",
    "DocumentDate",
    "Fault",
    "GroupRow",
    "Heading",
    "Level",
    "ListItem",
    "NotADocument",
    "OfficialDocument",
    "Paragraph",
    "Row",
    "SheetTable",
    "Signer",
    "SigningPlace",
    "Span",
    "Table",
    "Urgency",
    "check_docx",
    "signing_places",
    "to_csv",
    "to_docx",
    "to_pdf",
    "to_xlsx",
]
