"""Writing an official document as DOCX."""

import io
import zipfile
from xml.sax.saxutils import escape

from lachan.engine.layout.compose import compose
from lachan.engine.layout.document import OfficialDocument
from lachan.engine.layout.ooxml import (
    NAMESPACES,
    TINY,
    Body,
    font,
    half_points,
    run_properties,
    spacing,
    style_id,
    twips,
)
from lachan.engine.layout.plan import Sheet
from lachan.engine.layout.rules import Rules, Style, decree30
from lachan.engine.layout.words import clean

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (2020, 3, 5, 0, 0, 0)  # every entry of the archive: the same document gives the same bytes
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_PARTS = (
    ("word/document.xml", f"{_WORD}.document.main+xml"),
    ("word/styles.xml", f"{_WORD}.styles+xml"),
    ("word/settings.xml", f"{_WORD}.settings+xml"),
    ("word/header1.xml", f"{_WORD}.header+xml"),
    ("word/header2.xml", f"{_WORD}.header+xml"),
    ("word/footer1.xml", f"{_WORD}.footer+xml"),
    ("word/footer2.xml", f"{_WORD}.footer+xml"),
    ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
)
_RELATED = (
    ("rId1", "styles", "styles.xml"),
    ("rId2", "settings", "settings.xml"),
    ("rIdPage", "header", "header1.xml"),
    ("rIdFirst", "header", "header2.xml"),
    ("rIdContact", "footer", "footer1.xml"),
    ("rIdEmpty", "footer", "footer2.xml"),
)


def to_docx(document: OfficialDocument) -> bytes:
    """Write a document as DOCX in the layout of Decree 30/2020/NĐ-CP. The same document gives the same bytes."""
    rules = decree30()
    sheets = compose(document, rules)
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "word/_rels/document.xml.rels": _document_relations(),
        "word/document.xml": _document(sheets, rules),
        "word/styles.xml": _styles(rules),
        "word/settings.xml": _settings(),
        "word/header1.xml": _page_number(),
        "word/header2.xml": _part("hdr", f'<w:p><w:pPr><w:pStyle w:val="{style_id("page_number")}"/></w:pPr></w:p>'),
        "word/footer1.xml": _contact(sheets[0], rules),
        "word/footer2.xml": _part("ftr", f"<w:p><w:pPr>{TINY}</w:pPr></w:p>"),
        "docProps/core.xml": _core(document),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, text)
    return out.getvalue()


def _document(sheets: tuple[Sheet, ...], rules: Rules) -> str:
    body = Body(rules)
    parts: list[str] = []
    for at, sheet in enumerate(sheets):
        parts.extend(body.elements(sheet.elements))
        section = _section(sheet, rules)
        if at < len(sheets) - 1:
            parts.append(f'<w:p><w:pPr>{TINY}<w:rPr><w:sz w:val="2"/></w:rPr>{section}</w:pPr></w:p>')
        else:
            parts.append(f'<w:p><w:pPr>{TINY}<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>{section}')
    return f"{_HEAD}<w:document {NAMESPACES}><w:body>{''.join(parts)}</w:body></w:document>"


def _section(sheet: Sheet, rules: Rules) -> str:
    page = rules.page
    wide, high = twips(page["width"]), twips(page["height"])
    size = f'w:w="{high}" w:h="{wide}" w:orient="landscape"' if sheet.landscape else f'w:w="{wide}" w:h="{high}"'
    margins = " ".join(f'w:{side}="{twips(bound.use)}"' for side, bound in rules.margins.items())
    foot = "rIdContact" if sheet.contact else "rIdEmpty"
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdPage"/><w:headerReference w:type="first" r:id="rIdFirst"/>'
        f'<w:footerReference w:type="default" r:id="rIdEmpty"/><w:footerReference w:type="first" r:id="{foot}"/>'
        f'<w:type w:val="nextPage"/><w:pgSz {size}/>'
        f'<w:pgMar {margins} w:header="{twips(page["header_distance"])}" w:footer="{twips(page["footer_distance"])}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:cols w:space="720"/><w:titlePg/></w:sectPr>'
    )


def _styles(rules: Rules) -> str:
    size = half_points(rules.styles["body"].size)
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{font(rules.font)}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    plain = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    ours = "".join(_style(style) for style in rules.styles.values())
    return f"{_HEAD}<w:styles {NAMESPACES}>{defaults}{plain}{ours}</w:styles>"


def _style(style: Style) -> str:
    indent = f'<w:ind w:firstLine="{twips(style.first)}"/>' if style.first else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id(style.key)}">'
        f'<w:name w:val="{escape(f"VB {style.name}")}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{spacing(style)}{indent}<w:jc w:val="{style.align}"/></w:pPr>'
        f"<w:rPr>{run_properties(style)}</w:rPr></w:style>"
    )


def _part(tag: str, content: str) -> str:
    return f"{_HEAD}<w:{tag} {NAMESPACES}>{content}</w:{tag}>"


def _page_number() -> str:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return _part("hdr", f'<w:p><w:pPr><w:pStyle w:val="{style_id("page_number")}"/></w:pPr>{field}</w:p>')


def _contact(sheet: Sheet, rules: Rules) -> str:
    if not sheet.contact:
        return _part("ftr", f"<w:p><w:pPr>{TINY}</w:pPr></w:p>")
    rule = (
        '<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        '<w:spacing w:before="0" w:after="0" w:line="60" w:lineRule="exact"/></w:pPr></w:p>'
    )
    return _part("ftr", rule + "".join(Body(rules).elements(sheet.contact)))


def _settings() -> str:
    compat = '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    return f'{_HEAD}<w:settings {NAMESPACES}><w:defaultTabStop w:val="720"/>{compat}<w:themeFontLang w:val="vi-VN"/></w:settings>'


def _core(document: OfficialDocument) -> str:
    title = escape(clean(f"{document.doc_type} {document.abstract}"))
    when = f"{document.date.year:04d}-{document.date.month or 1:02d}-{document.date.day or 1:02d}T00:00:00Z"
    stamps = "".join(
        f'<dcterms:{word} xsi:type="dcterms:W3CDTF">{when}</dcterms:{word}>' for word in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{escape(clean(document.agency))}</dc:creator>"
        f"<dc:language>vi-VN</dc:language>{stamps}</cp:coreProperties>"
    )


def _content_types() -> str:
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _PARTS)
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _package_relations() -> str:
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )


def _document_relations() -> str:
    links = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in _RELATED
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
