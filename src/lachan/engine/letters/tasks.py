"""What is to be done: the numbered tasks of a letter, with the bodies they name and the dates inside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lachan.engine.letters.bodies import bodies_named
from lachan.engine.letters.deadlines import Deadline
from lachan.engine.letters.found import Found
from lachan.engine.letters.pieces import Piece
from lachan.engine.letters.source import Source, flat

_ITEM = re.compile(
    r"\W{0,3}(?:(?P<roman>[ivx]{1,5})\s?[.)-]|(?P<digit>\d{1,2})(?P<style>\s?[.)]-?|/|\s?-(?=\s))|"
    r"(?P<word>mot|hai|ba|bon|nam|sau|bay|tam) la\b|thu (?P<nth>nhat|hai|ba|tu|nam|sau|bay|tam)\b|"
    r"nhiem vu (?P<task>\d{1,2})\b)(?!\d)\s*[,:.]?\s*"
)
_WORDS = {"mot": 1, "nhat": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_LEAD = re.compile(
    r"\b(?:de nghi|yeu cau|giao|thuc hien|trien khai|nhiem vu|cong viec|chi thi|chi dao|noi dung|bien phap|"
    r"giai phap|huong dan|luu y|quan triet|thong nhat|phoi hop|khan truong|ket luan)\b"
)
_FINDINGS = re.compile(
    r"\b(?:ket qua|ton tai|han che|nguyen nhan|kho khan|vuong mac|ly do|su can thiet|thuc trang|bao cao|"
    r"giai trinh|kien nghi|de xuat|nhan xet|nhan thay|tham dinh)\b"
)
_ASKED = re.compile(r"\b(?:de nghi|yeu cau|giao)\b[^.;]{0,200}:\s*$")
_CARRYING_OUT = re.compile(r"to chuc (?:va )?thuc hien\b")
_QUOTING = re.compile(r"\b(?:moi|tiep nhan|yeu cau|de nghi)\s(?:gui\s)?(?:bao gia|chao gia|chao hang)\b")
_ONE_MISREAD = re.compile(r"[^\w|]{0,3}[lI|]\s?[.)]\s")
_IMPERATIVE = re.compile(
    r"\W*(?:de nghi|yeu cau|giao|to chuc|tang cuong|chu dong|ra soat|bao cao|tiep tuc|trien khai|thuc hien|"
    r"phoi hop|chi dao|tuyen truyen|xay dung|tap trung|quan triet|kip thoi|thuong xuyen|khan truong|"
    r"day manh|bo tri|kiem tra|cu\b|gui|phan cong|huong dan|lap|dam bao|bao dam|nghiem tuc|pho bien|"
    r"cap nhat|cung cap|thoi gian|tai lieu|dang ky|doi voi|cac |so |ubnd|uy ban|cong an|bo |ban |phong |"
    r"truong |trung tam|chu tich|giam doc|"
    r"thu truong|nguoi dung dau|van phong|dai |bao |doanh nghiep|hiep hoi|hoi |doan |benh vien|tram |mttq|"
    r"mat tran|khong |nang cao|chap hanh|phat huy|huy dong|tham muu|theo doi|xu ly|noi dung|hinh thuc|"
    r"chuan bi|nang|treo|ra quan|phat dong|kinh de nghi|tham gia|su dung|quan ly|duy tri|sap xep|hoan thanh|"
    r"danh gia|tong hop|thong ke|dua |lam |mo |cong khai|niem yet|phan dau|lua chon|to truong|hieu truong|"
    r"toan the|tat ca|moi |ngay sau|truoc mat|don vi|cong chuc|can bo|chi cuc|cuc |kho bac|bao hiem|"
    r"dien luc|ngan hang|lien doan|toa an|vien |quan doi|bo chi huy|dang uy|chi bo|cap uy|thanh lap|"
    r"luc luong|ho tro|khuyen cao|canh bao|nhac nho|van dong|ap dung|khac phuc|chan chinh|thu|dieu chinh|"
    r"bo sung|hop|trang bi|kien toan|nghien cuu|chu de)"
)
_COUNTED = ("công văn", "chỉ thị", "công điện", "thông báo", "thông báo kết luận", "kết luận", "thông tri")


@dataclass(frozen=True)
class Task:
    """A numbered task: its mark as written, its text, the bodies it names, and what falls due in it."""

    number: str
    text: str
    bodies: tuple[str, ...]
    due: tuple[Deadline, ...]


@dataclass(frozen=True)
class _Item:
    place: int
    skip: int
    kind: str
    value: int


def tasks(
    src: Source, found: Sequence[Piece], first: int, last: int, due: Sequence[Found[Deadline]]
) -> tuple[tuple[Found[Task], ...], float]:
    """The numbered tasks between the pieces `first` and `last`, and how sure it is that they are tasks and not findings.

    Of several runs of numbers the one counts that follows words of request ("đề nghị … thực hiện:") or whose points are requests.
    """
    if first < len(found) and _QUOTING.search(src.bare, found[first].start, found[first].start + 1500):
        return (), 0.0  # an invitation to quote a price: its points are particulars
    runs = _runs(found, first, last)
    scored = sorted(((_score(src, found, run, first), run) for run in runs), key=lambda pair: pair[0], reverse=True)
    if not scored or scored[0][0] <= 0:
        return (), 0.0
    score, run = scored[0]
    ends = [item.place for item in run[1:]] + [_run_end(found, run, last)]
    made = tuple(_task(src, found, item, end, due) for item, end in zip(run, ends, strict=True))
    return made, min(0.95, 0.5 + score / 12)


def _runs(found: Sequence[Piece], first: int, last: int) -> list[list[_Item]]:
    """Numbers that count up from one, by kind of mark."""
    open_runs: dict[str, list[_Item]] = {}
    done: list[list[_Item]] = []
    misread: int | None = None
    for place in range(first, last):
        if _ONE_MISREAD.match(found[place].text):
            misread = place
        item = _item(found, place)
        if item is None:
            continue
        run = open_runs.get(item.kind)
        if item.value == 1:
            open_runs[item.kind] = [item]
            done.append(open_runs[item.kind])
        elif run and item.value == run[-1].value + 1:
            run.append(item)
            misread = None
        elif item.value == 2 and misread is not None and item.kind == "digit.":
            open_runs[item.kind] = [_Item(misread, 3, item.kind, 1), item]
            done.append(open_runs[item.kind])
            misread = None
    return [run for run in done if len(run) > 1]


def _item(found: Sequence[Piece], place: int) -> _Item | None:
    piece = found[place]
    match = _ITEM.match(piece.bare)
    if not match or (piece.column and found[place - 1].line == piece.line):
        return None
    if match["digit"]:
        if not 0 < int(match["digit"]) < 40 or re.match(r"\d", piece.bare[match.end("style") :]):
            return None
        return _Item(place, match.end(), f"digit{match['style'].strip()[:1]}", int(match["digit"]))
    if match["roman"]:
        value = _ROMAN.get(match["roman"])
        return _Item(place, match.end(), "roman", value) if value and piece.text.strip()[:1].isupper() else None
    if match["task"]:
        return _Item(place, match.end(), "task", int(match["task"]))
    word = match["word"] or match["nth"]
    return (
        _Item(place, match.end(), "word" if match["word"] else "nth", _WORDS[word])
        if word and piece.text.lstrip(" -+*•–_")[:1].isupper()
        else None
    )


def _score(src: Source, found: Sequence[Piece], run: Sequence[_Item], first: int) -> float:
    lead = _lead(src, found, run[0].place, first)
    requests = sum(
        bool(_IMPERATIVE.match(found[item.place].bare[item.skip :] or _next_bare(found, item.place))) for item in run
    ) / len(run)
    if _ASKED.search(lead) and not _FINDINGS.search(lead[-70:]):
        requests = max(requests, 0.7)
    score = 4 * requests
    if _LEAD.search(lead):
        score += 2.5
    if _FINDINGS.search(lead[-70:]):
        score -= 3
    score -= 1.5 * (1 - requests)
    parts = [found[item.place].bare[item.skip :] for item in run]
    if sum(not _CARRYING_OUT.match(part) for part in parts) < 2:
        score -= 5  # one part and how it is carried out: the points are inside it
    if run[0].kind == "roman":
        score -= 1.5 if not _LEAD.search(lead[-90:]) else 0
    return score + min(len(run), 8) / 10 - (2.2 if requests < 0.35 else 0)


def _next_bare(found: Sequence[Piece], place: int) -> str:
    return found[place + 1].bare if place + 1 < len(found) else ""


def _lead(src: Source, found: Sequence[Piece], place: int, first: int) -> str:
    """The words that lead into a run, back to the end of the sentence before."""
    start = found[max(first, place - 6)].start
    text = " ".join(src.bare[start : found[place].start].split())
    cut = max(text.rfind(". ", 0, len(text) - 3), text.rfind("; ", 0, max(0, len(text) - 220)))
    return text[cut + 1 :][-420:]


def _run_end(found: Sequence[Piece], run: Sequence[_Item], last: int) -> int:
    """Where the last point ends: at the closing words of the letter."""
    for place in range(run[-1].place + 1, last):
        piece = found[place]
        before = found[place - 1]
        if before.text.rstrip().endswith((".", "./.", ";")) and re.match(
            r"(?:trong qua trinh|de nghi (?:cac|thu truong|quy)|yeu cau (?:cac|thu truong)|nhan duoc|"
            r"tren day|rat mong|tran trong|van ban nay|cong van nay|chi thi nay|kinh de nghi|mọi chi tiet|"
            r"uy ban nhan dan|ubnd|so .{3,60}(?:de nghi|yeu cau|thong bao))",
            piece.bare,
        ):
            return place
    return last


def _task(src: Source, found: Sequence[Piece], item: _Item, end: int, due: Sequence[Found[Deadline]]) -> Found[Task]:
    start, stop = found[item.place].start, found[max(item.place, end - 1)].end
    span = src.span(start, stop)
    text = flat(src.text[start + item.skip : stop])
    inside = tuple(one.value for one in due if one.spans and span[0] <= one.spans[0][0] < span[1])
    return Found(Task(str(item.value), text, bodies_named(src.text[start + item.skip : stop]), inside), (span,), 0.85)


def counts_tasks(kind: str | None) -> bool:
    """Whether documents of this kind have tasks to count: letters and directives, not plans and decisions."""
    return kind in _COUNTED
