"""`lachan check`: what a message looks like, for a person to read or a program to take line by line."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from lachan.engine import scams
from lachan.engine.scams import Level, Verdict
from lachan.engine.scams.characters import visible
from lachan.engine.scams.knowledge import ScamType, Sign
from lachan.project.language import chosen, speak

_ = speak(chosen((), os.environ))
LONGEST = 1_000_000  # characters of one text; a letter has some thousands
_LONGEST_LINE = 8 * LONGEST  # bytes: JSON may write six for a letter
_LONGEST_NAME = 256  # bytes, as file systems have it
_REASONS = 6  # that a person reads; programs get all


class Unreadable(Exception):
    """What was given cannot be judged, and why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One text to judge, and what is known of it. `id` is given back as it came."""

    id: Any
    text: str
    sender: str | None = None
    kind: str | None = None

    def verdict(self) -> Verdict:
        return scams.check(self.text, sender=self.sender, kind=self.kind)


NOTHING_KNOWN = Asked(None, "")


def whole(data: bytes) -> str:
    """The text in `data`: UTF-8, or UTF-16 where it says so in its first bytes."""
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as fault:
        place = fault.start + 1
        raise Unreadable(
            _("Đầu vào không phải văn bản UTF-8 (hỏng từ byte thứ {place}). Hãy lưu lại tệp thành UTF-8.").format(
                place=place
            )
        ) from None
    return readable(text)


def typed(words: Sequence[str]) -> str:
    """The text typed after the command; the name of a file is taken for a slip."""
    text = " ".join(words)
    if len(os.fsencode(text)) < _LONGEST_NAME and Path(text).is_file():
        told = _("{name} là một tệp. Xem chữ trong tệp: lachan check < {name}; xem ảnh: lachan check --image {name}")
        raise Unreadable(told.format(name=text))
    return readable(text)


def readable(text: str) -> str:
    """`text` as it is, when it is one that can be judged."""
    if not text.strip():
        raise Unreadable(_("Chưa có nội dung để xem: lachan check NỘI DUNG…"))
    if "\0" in text:
        raise Unreadable(_("Đầu vào không phải văn bản. Hãy đưa nội dung tin nhắn dạng chữ."))
    if len(text) > LONGEST:
        raise Unreadable(_("Văn bản dài quá {most} ký tự. Hãy chỉ đưa phần cần xem.").format(most=LONGEST))
    return text


def in_sentences(verdict: Verdict, text: str) -> str:
    """The verdict on `text`: what it looks like, why, and what to do."""
    heads = {
        Level.SCAM: _("CÓ DẤU HIỆU LỪA ĐẢO"),
        Level.CAUTION: _("CẨN THẬN: chưa chắc, nhưng có điều đáng ngờ"),
        Level.NONE: _("CHƯA THẤY DẤU HIỆU LỪA ĐẢO. Điều đó không có nghĩa là an toàn."),
    }
    lines = [heads[verdict.level]]
    if verdict.scam_type:
        lines.append(_("Hình thức: {kind}").format(kind=_named(verdict.scam_type)))
    if verdict.brand and verdict.level is not Level.NONE:
        lines.append(_("Nhắc đến hoặc mạo danh: {brand}").format(brand=verdict.brand))
    lines += [_("Kênh chính thức có trong tin: {body}").format(body=body) for body in verdict.official]
    lines += _of_numbers(verdict)
    if reasons := list(_reasons(verdict, text)):
        lines += ["", _("Vì sao"), *(f"  • {reason}" for reason in reasons[:_REASONS])]
    lines += ["", _("Nên làm"), *(f"  {number}. {step}" for number, step in enumerate(_advice(verdict), 1))]
    return "\n".join(lines)


def _reasons(verdict: Verdict, text: str) -> Iterator[str]:
    """What speaks against the text; a sign that is found in several places is told once, a plan is of the whole text."""
    if verdict.level is Level.NONE:
        return
    places: dict[str, list[str]] = {}
    for found in verdict.reasons:
        places.setdefault(found.code, []).append(f"“{_short(text[slice(*found.span)])}”")
    for code, sign in {found.code: found.sign for found in verdict.reasons}.items():
        where = "" if sign.role == "scheme" else f": {', '.join(dict.fromkeys(places[code]))}"
        yield f"{_named(sign)}{where}. {_why(sign)}"


def _of_numbers(verdict: Verdict) -> Iterator[str]:
    """What is known of the foreign numbers in it, by their first digits."""
    for phone in verdict.phones:
        if phone.rings_back:
            yield _("Số {number}: đầu số {country} hay nháy máy, gọi lại mất cước rất cao.").format(
                number=phone.number, country=phone.network
            )
        elif phone.looks_like:
            yield _("Số {number} là số nước ngoài, chỉ trông giống số {area}.").format(
                number=phone.number, area=phone.looks_like
            )


def _short(passage: str) -> str:
    """A passage on one line, without what is unseen: no text can steer the terminal."""
    passage = " ".join(visible(passage).text.split())
    return passage if len(passage) <= 80 else f"{passage[:79]}…"


def _advice(verdict: Verdict) -> tuple[str, ...]:
    if verdict.level is Level.NONE or not verdict.scam_type:
        asked = _("Nếu có ai đòi chuyển tiền, đọc mã OTP hay cài ứng dụng: dừng lại, gọi hỏi nơi ấy qua số chính thức.")
        return (asked,)
    return verdict.scam_type.advice_en if _in_english() else verdict.advice


def _in_english() -> bool:
    return os.environ["LACHAN_LANGUAGE"] == "en"


def _named(known: ScamType | Sign) -> str:
    return known.name_en if _in_english() else known.name_vi


def _why(sign: Sign) -> str:
    return sign.why_en if _in_english() else sign.why_vi


def lines_of(source: BinaryIO) -> Iterator[bytes]:
    """The lines of `source`, one at a time; of a line too long to be read only its beginning."""
    while line := source.readline(_LONGEST_LINE + 1):
        yield line
        while len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
            line = source.readline(_LONGEST_LINE + 1)


def stream(lines: Iterable[bytes], say: Callable[[str], Any], known: Asked = NOTHING_KNOWN) -> bool:
    """Answers each line of JSON with one, at once; False when some line could not be read, which is answered with its error.

    `known`: the sender and the kind of lines that do not say them.
    """
    all_read = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = asked(line, known)
        except Unreadable as problem:
            all_read = False
            say(as_line({"line": number, "error": str(problem)}))
            continue
        say(as_line({"id": one.id} | as_json(one.text, one.verdict())))
    return all_read


def asked(line: bytes | str, known: Asked = NOTHING_KNOWN) -> Asked:
    """What a line of JSON asks."""
    if len(line) > _LONGEST_LINE:
        raise Unreadable(_("Dòng này dài quá {most} byte.").format(most=_LONGEST_LINE))
    try:
        row = json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line)
    except (ValueError, RecursionError):
        raise Unreadable(_('Dòng này phải là một đối tượng JSON bằng UTF-8, như {"id": 1, "text": "…"}.')) from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise Unreadable(_('Dòng này phải có "text" là chuỗi.'))
    if not isinstance(row.get("id"), str | int | None):
        raise Unreadable(_('"id" phải là chuỗi hoặc số nguyên.'))
    if len(row["text"]) > LONGEST:
        raise Unreadable(_("Văn bản dài quá {most} ký tự. Hãy chỉ đưa phần cần xem.").format(most=LONGEST))
    sender, kind = row.get("sender"), row.get("kind")
    if not isinstance(sender, str | None) or kind not in (*scams.KINDS, None):
        raise Unreadable(_('"sender" phải là chuỗi, "kind" phải là message hoặc story.'))
    return Asked(row.get("id"), row["text"], sender or known.sender, kind or known.kind)


def as_line(told: dict[str, Any]) -> str:
    """An answer as one line of JSON, whatever reads it: some take U+0085 and U+2028 for ends of lines."""
    said = json.dumps(told, ensure_ascii=False)
    try:
        said.encode()
    except UnicodeEncodeError:  # half of a pair, which JSON can name and UTF-8 cannot
        return json.dumps(told)
    return said if len(said.splitlines()) == 1 else json.dumps(told)


def as_json(text: str, verdict: Verdict) -> dict[str, Any]:
    """A verdict as programs take it."""
    return {
        "verdict": verdict.level.value,
        "score": verdict.score,
        "scam_type": verdict.scam_type.code if verdict.scam_type else None,
        "brand": verdict.brand or None,
        "official": verdict.official,
        "phones": [{"number": one.number, "kind": one.kind, "of": one.network or None} for one in verdict.phones],
        "accounts": [
            {"number": one.number, "bank": one.bank.short_name if one.bank else None} for one in verdict.accounts
        ],
        "signs": [
            {
                "sign": one.code,
                "span": one.span,
                "text": text[slice(*one.span)],
                "weight": one.weight,
                "name": _named(one.sign),
                "why": _why(one.sign),
            }
            for one in verdict.signs
        ],
        "advice": _advice(verdict),
    }
