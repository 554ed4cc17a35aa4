"""Where the parts of a letter begin: what a piece of text opens."""

import re
from dataclasses import dataclass
from functools import cache

from lachan.engine.letters.knowledge import column
from lachan.engine.letters.pieces import Piece
from lachan.engine.letters.source import bare

ADDRESSEE = re.compile(
    r"[^\w]{0,4}(?:k[i1l]nh\s{0,3}g[uo][il1t]\b\s{0,2}[:;.,]?|(?:tran trong )?k[i1l]nh\s{0,3}(?:chuyen|moi)\b\s{0,2}:)"
)
COPIES = re.compile(r"[^\w]{0,4}n[o0][i1l]\s{0,3}nh[ao]n\b\s{0,2}[:;.,]?")
SUBJECT = re.compile(r"\W{0,3}(?:v\s?[/1il]\s?[vwy]\b|vv\b|v\.v\b|trich yeu\b)\s{0,2}[:.]?")
ABOUT = re.compile(
    r"(?:v\s?[/1il]\s?[vwy]\b|v\w{0,2}e viec\b|v\.v\b|ve\b(?= (?:tang cuong|phe duyet|ban hanh)))\s{0,2}[:.]?"
)
ANNEX = re.compile(r"(?:phu luc|phu bieu|bieu mau|mau so|mau bao cao|bieu so|bieu tong hop|de cuong bao cao)\b")
STAMP = re.compile(
    r"(?:hoa toc|thuong khan|khan|hoa toc hen gio|mat|toi mat|tuyet mat|du thao(?: \W?lan.{0,9}| \d.{0,16})?|den|cong van den|"
    r"so den.*|ngay den.*|ban sao|sao y.*|sao luc.*|"
    r"luu hanh noi bo|\W*da ky\W*|cong thong tin dien tu chinh phu|signature.*|.*digitally signed.*|"
    r"chu ky so.*|ky boi.*|nguoi ky.*|email ?:.*|e-mail ?:.*|co quan ?:.*|thoi gian ky.*|ngay ky.*|"
    r"ly do ?:.*)\W*"
)
OPENER = re.compile(
    r"(?:den du\b|toi du\b|dia diem\b|"
    r"can cu\b|thuc hien\b|thi hanh\b|trien khai\b|theo\b(?! doi)|trong (?:thoi gian|nhung|nam|thang|"
    r"qua trinh|boi canh|quy)|thoi gian (?:qua|gan|vua)|"
    r"nham\b|de (?:tiep|tang|trien|thuc|chuan|bao|nang|kip|chu|phuc|dam|phat|huong|phoi|day|co|giup|cong|"
    r"gop)|ngay \d|tu ngay|hien nay|nam \d{4}\W|thang \d|"
    r"xet\b|tren co so|vua qua|tiep theo|nhan duoc|phuc dap|tra loi|qua (?:theo doi|ra soat|nam)|sau khi|"
    r"ke tu|voi muc|huong ung|"
    r"noi nhan|dieu \d|phan (?:[ivx]+|thu)\b|chuong [ivx]|muc [ivx\d]|hom nay|tai (?:hoi nghi|cuoc hop|phien)|duoc su|"
    r"(?:uy ban nhan dan|ubnd|so|bo|ban|cong an|truong|phong|trung tam|benh vien|dang uy|tinh uy|huyen uy|"
    r"thanh uy|thu tuong|chu tich|hoi dong nhan dan|hoi|cuc|chi cuc|thuong truc|bao hiem|ngan hang|cong ty|"
    r"tong cong ty|tap doan)\b"
    r".{0,90}?\b(?:ban hanh|xay dung|bao cao|thong bao|de nghi|kinh|trinh|yeu cau|to chuc|nhan duoc|"
    r"tran trong|trien khai|da|moi|huong dan|dien|chi thi|co y kien|ket luan|chu tri|tiep nhan)\b)"
)
ENUMERATOR = re.compile(r"(?:[ivx]{1,5}|\d{1,2}|[a-hđ])\s?[.)]\s|dieu \d|[-+*]\s")


@dataclass(frozen=True)
class Title:
    """The words that name the kind of a document, at the top of it. `rest` is where text follows on the same line."""

    name: str
    place: int
    rest: int | None


@cache
def _titles() -> re.Pattern[str]:
    names = sorted((bare(name) for name in column("types", "name")), key=len, reverse=True)
    return re.compile(rf"\W*(?P<name>{'|'.join(names)})\b(?P<more>.*)", re.DOTALL)


@cache
def _names() -> dict[str, str]:
    return {bare(name): name for name in column("types", "name")}


_NUMBERED = re.compile(r"\W*|\s*so\b.*|\s*ngay\b.*|\s*\(.*", re.DOTALL)


def title_of(piece: Piece, place: int) -> Title | None:
    """The kind of document that `piece` names in capitals: "KẾ HOẠCH", or "KẾ HOẠCH Tuyên truyền…" with text after it."""
    words = piece.text.lstrip(" *_-#|")
    match = _titles().match(piece.bare) if words[:2].isupper() else None
    if not match or not piece.text[match.start("name") : match.end("name")].isupper():
        return None
    name = _names()[match["name"]]
    if _NUMBERED.fullmatch(match["more"]):
        return Title(name, place, None)
    return Title(name, place, match.start("more") + len(match["more"]) - len(match["more"].lstrip(" :-")))


def is_loose(found: list[Piece]) -> bool:
    """True where extraction put an empty line after every line, so that an empty line ends nothing."""
    return len(found) > 8 and sum(piece.gap_before for piece in found) > 0.6 * len(found)
