"""The QR codes of a picture, and what each asks for. Nothing here opens a link, joins a network or pays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lachan.engine.scams import links, vietqr
from lachan.engine.scams.vietqr import NotPayment, Payment

if TYPE_CHECKING:
    from PIL import Image

Box = tuple[int, int, int, int]
_MOST = 20  # codes: a picture that holds more is no message
_SMALL = 1_500_000  # pixels: a smaller picture is looked at enlarged too


class CodeKind(StrEnum):
    """What a phone would do with a code."""

    PAYMENT = "payment"
    LINK = "link"
    WIFI = "wifi"
    CONTACT = "contact"
    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    APP = "app"  # a link that another program takes: "zalo://…", "momo://…"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `judged` are the words by which it is judged; `payment` is what it asks to be paid."""

    content: str
    kind: CodeKind
    box: Box  # left, top, right, bottom, in pixels of the picture read
    judged: str
    payment: Payment | None = None

    @property
    def told(self) -> str:
        """What a person wants to see of the content: the name of the network without its password, the names of a contact."""
        if self.kind is CodeKind.WIFI:
            return ", ".join(_values(self.content, "S"))
        return self.judged if self.kind is CodeKind.CONTACT and self.judged else self.content


def codes(picture: Image.Image) -> list[Code]:
    """The codes of a picture, from the top: turned, small, and light on dark ones too. Needs zxing-cpp."""
    found = _found(picture, 1)
    if not found and picture.width * picture.height < _SMALL:
        found = _found(picture, 2)
    return sorted(found, key=lambda code: (code.box[1], code.box[0]))


def _found(picture: Image.Image, scale: int) -> list[Code]:
    import zxingcpp

    wanted = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode])
    grey = picture.convert("L")
    if scale > 1:
        grey = grey.resize((grey.width * scale, grey.height * scale))
    seen = zxingcpp.read_barcodes(grey, formats=wanted)
    return [code(one.text, _box(one.position, scale)) for one in seen[:_MOST] if one.valid and one.text.strip()]


def _box(position: object, scale: int) -> Box:
    corners = [getattr(position, name) for name in ("top_left", "top_right", "bottom_right", "bottom_left")]
    across, down = [corner.x // scale for corner in corners], [corner.y // scale for corner in corners]
    return min(across), min(down), max(across), max(down)


_BEGINNINGS = (
    ("wifi:", CodeKind.WIFI),
    ("begin:vcard", CodeKind.CONTACT),
    ("mecard:", CodeKind.CONTACT),
    ("tel:", CodeKind.PHONE),
    ("smsto:", CodeKind.SMS),
    ("sms:", CodeKind.SMS),
    ("mailto:", CodeKind.EMAIL),
)
_APP = re.compile(r"[a-z][a-z0-9+.\-]{1,30}://\S", re.IGNORECASE)


def code(content: str, box: Box = (0, 0, 0, 0)) -> Code:
    """What a code with this content asks for."""
    content = content.strip()
    small = content[:20].lower()
    if small.startswith("000201"):
        try:
            payment = vietqr.read(content)
        except NotPayment:
            return Code(content, CodeKind.PAYMENT, box, "")
        return Code(content, CodeKind.PAYMENT, box, payment.words, payment)
    kind = next((kind for beginning, kind in _BEGINNINGS if small.startswith(beginning)), None)
    if kind:
        return Code(content, kind, box, _judged(content, kind))
    if _APP.match(content) and not small.startswith(("http://", "https://")):
        return Code(content, CodeKind.APP, box, content)
    only = links.find(content)
    is_link = bool(only) and only[0].span[0] == 0 and only[0].span[1] > len(content) * 0.8
    return Code(content, CodeKind.LINK if is_link or small.startswith("http") else CodeKind.TEXT, box, content)


def _judged(content: str, kind: CodeKind) -> str:
    if kind is CodeKind.WIFI:
        return ""
    if kind is CodeKind.CONTACT:
        return "\n".join(_values(content, "FN|N|ORG|TEL|URL|EMAIL|NOTE"))
    return unquote(content.partition(":")[2].replace(":", " "))


def _values(content: str, names: str) -> list[str]:
    r"""The values of the fields `names` in what is written as `TEL:0912…;`. A ; inside a value has a backslash before it."""
    found = re.findall(rf"(?:^|[;:\n])(?:{names})(?:;[^:\n]*)?:((?:\\.|[^;\r\n])+)", content, re.IGNORECASE)
    return [re.sub(r"\\(.)", r"\1", value).strip() for value in found]
