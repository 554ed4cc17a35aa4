"""Writing an official document as PDF, by Typst, with the fonts that are shipped here and no others."""

import json
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any

import typst

from lachan.engine.layout.compose import compose
from lachan.engine.layout.document import OfficialDocument
from lachan.engine.layout.rules import FONTS, HERE, Rules, decree30
from lachan.engine.layout.tables import PADDING
from lachan.engine.layout.words import clean

FAMILY = "Tinos"


def to_pdf(document: OfficialDocument) -> bytes:
    """Write a document as PDF, laid out as to_docx does, with Tinos as the only font.

    The text reaches the template as JSON values and is never read as markup. A letter that Tinos lacks (an emoji, a
    Chinese character) shows as an empty box.
    """
    written: bytes = typst.compile(**_source(document))
    return written


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """Where one signs in the PDF: the page from 1, and the box in mm from the page's upper left corner."""

    name: str
    page: int
    left: float
    top: float
    width: float
    height: float


def signing_places(document: OfficialDocument) -> tuple[SigningPlace, ...]:
    """Give the places of signatures in the PDF of a document: "signer-1" is that of `signer`, then those of `also`."""
    found = json.loads(typst.query(selector="<place>", field="value", **_source(document)))
    return tuple(SigningPlace(**place) for place in found)


def _source(document: OfficialDocument) -> dict[str, Any]:
    rules = decree30()
    data = {
        "title": clean(f"{document.doc_type} {document.abstract}"),
        "author": clean(document.agency),
        "rules": _rules(rules),
        "sheets": [_data(sheet) for sheet in compose(document, rules)],
    }
    return {
        "input": HERE / "official.typ",
        "root": HERE,
        "font_paths": [FONTS],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)},
    }


def _rules(rules: Rules) -> dict[str, Any]:
    return {
        "font": FAMILY,
        "page": rules.page,
        "margins": {side: bound.use for side, bound in rules.margins.items()},
        "weight": rules.raw["rule"]["weight_pt"],
        "padding": PADDING,
        "styles": {key: asdict(style) for key, style in rules.styles.items()},
    }


def _data(value: Any) -> Any:
    """Turn a plan into plain values; each object says what it is under "kind"."""
    if is_dataclass(value):
        return {"kind": type(value).__name__} | {f.name: _data(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_data(part) for part in value]
    return value
