"""Writing an official document as DOCX."""

import io
import zipfile
from xml.sax.saxutils import escape

from lachan.engine.layout.compose import compose
from lachan.engine.layout.document import OfficialDocument
from lachan.engine.layout.ooxml import NAMESPACES, TINY, Body, run_properties, spacing, style_id, twips
from lachan.engine.layout.plan import Sheet
from lachan.engine.layout.rules import HERE, Rules, Style, decree30
from lachan.engine.layout.words import clean

_EPOCH = (2020, 3, 5, 0, 0, 0)  # every entry of the archive: the same document gives the same bytes


def to_docx(document: OfficialDocument) -> bytes:
    """Write a document as DOCX in the layout of Decree 30/2020/NĐ-CP. The same document gives the same bytes."""
    rules = decree30()
    sheets = compose(document, rules)
    contact = sheets[0].contact
    styles = "".join(_style(style) for style in rules.styles.values())
    return archived(
        {
            "[Content_Types].xml": skeleton("content_types"),
            "_rels/.rels": skeleton("package_relations"),
            "word/_rels/document.xml.rels": skeleton("document_relations"),
            "word/document.xml": _document(sheets, rules),
            "word/styles.xml": skeleton("styles").replace("<!--styles-->", styles),
            "word/settings.xml": skeleton("settings"),
            "word/header1.xml": skeleton("page_number"),
            "word/header2.xml": skeleton("first_header"),
            "word/footer1.xml": skeleton("contact_footer" if contact else "empty_footer").replace(
                "<!--contact-->", "".join(Body(rules).elements(contact))
            ),
            "word/footer2.xml": skeleton("empty_footer"),
            "docProps/core.xml": skeleton("core").replace("<!--properties-->", _properties(document)),
        }
    )


def skeleton(name: str) -> str:
    """A part that is the same in every document."""
    return (HERE / "skeleton" / f"{name}.xml").read_text(encoding="utf-8")


def archived(files: dict[str, str]) -> bytes:
    """The parts as one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, text)
    return out.getvalue()


def _document(sheets: tuple[Sheet, ...], rules: Rules) -> str:
    """Each sheet is a section; its properties hang on a last, invisible paragraph, or on the body."""
    body = Body(rules)
    parts: list[str] = []
    for at, sheet in enumerate(sheets):
        parts.extend(body.elements(sheet.elements))
        section = _section(sheet, rules)
        inside, outside = (section, "") if at < len(sheets) - 1 else ("", section)
        parts.append(f'<w:p><w:pPr>{TINY}<w:rPr><w:sz w:val="2"/></w:rPr>{inside}</w:pPr></w:p>{outside}')
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:document {NAMESPACES}><w:body>{''.join(parts)}</w:body></w:document>"


def _section(sheet: Sheet, rules: Rules) -> str:
    page = rules.page
    wide, high = twips(page["width"]), twips(page["height"])
    size = f'w:w="{high}" w:h="{wide}" w:orient="landscape"' if sheet.landscape else f'w:w="{wide}" w:h="{high}"'
    margins = " ".join(f'w:{side}="{twips(bound.use)}"' for side, bound in rules.margins.items())
    distances = f'w:header="{twips(page["header_distance"])}" w:footer="{twips(page["footer_distance"])}"'
    foot = "rIdContact" if sheet.contact else "rIdEmpty"
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdPage"/>'
        '<w:headerReference w:type="first" r:id="rIdFirst"/>'
        f'<w:footerReference w:type="default" r:id="rIdEmpty"/><w:footerReference w:type="first" r:id="{foot}"/>'
        f'<w:type w:val="nextPage"/><w:pgSz {size}/><w:pgMar {margins} {distances} w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:cols w:space="720"/><w:titlePg/></w:sectPr>'
    )


def _style(style: Style) -> str:
    indent = f'<w:ind w:firstLine="{twips(style.first)}"/>' if style.first else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id(style.key)}">'
        f'<w:name w:val="{escape(f"VB {style.name}")}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{spacing(style)}{indent}<w:jc w:val="{style.align}"/></w:pPr>'
        f"<w:rPr>{run_properties(style)}</w:rPr></w:style>"
    )


def _properties(document: OfficialDocument) -> str:
    """Title, author and dates of the file: the document's own, since no clock is read."""
    date = document.date
    when = f"{date.year:04d}-{date.month or 1:02d}-{date.day or 1:02d}T00:00:00Z"
    title = escape(clean(f"{document.doc_type} {document.abstract}"))
    stamps = (f'<dcterms:{w} xsi:type="dcterms:W3CDTF">{when}</dcterms:{w}>' for w in ("created", "modified"))
    return f"<dc:title>{title}</dc:title><dc:creator>{escape(clean(document.agency))}</dc:creator>{''.join(stamps)}"
