"""`lachan check`: what a message looks like, for a person to read or a program to take line by line."""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

from lachan.engine import scams
from lachan.engine.scams import Level, Verdict
from lachan.engine.scams.folding import visible
from lachan.project.language import chosen, speak

_ = speak(chosen((), os.environ))


def one(text: str, sender: str | None = None) -> str:
    """The verdict on one text, in sentences."""
    verdict = scams.check(text, sender=sender)
    heads = {
        Level.SCAM: _("Có dấu hiệu lừa đảo"),
        Level.CAUTION: _("Cẩn thận: chưa chắc, nhưng có điều đáng ngờ"),
        Level.NONE: _("Chưa thấy dấu hiệu lừa đảo; điều đó không có nghĩa là an toàn"),
    }
    lines = [heads[verdict.level] + (f": {verdict.scam_type.name_vi}" if verdict.scam_type else "")]
    lines += [
        f"  • {found.sign.name_vi}: “{_shown(text[slice(*found.span)])}”. {found.sign.why_vi}"
        for found in _against(verdict)
    ]
    lines += [_("Trang chính thức: {body}").format(body=body) for body in verdict.official]
    lines += [f"  {number}. {step}" for number, step in enumerate(verdict.advice, 1)]
    return "\n".join(lines)


def _shown(part: str) -> str:
    """A part of a text without what is unseen, so that no text can steer the terminal."""
    return visible(part)[0]


def _against(verdict: Verdict) -> list[scams.Found]:
    return [found for found in verdict.signs if found.weight > 0 and verdict.level is not Level.NONE]


def stream(lines: Iterable[str], say: Callable[[str], Any]) -> bool:
    """Answers each line of JSON with one; False when some line could not be read. Such a line is answered with its error."""
    whole = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row = asked(line)
        if row is None:
            whole = False
            problem = _('Dòng này phải là JSON có "text" là chuỗi; "id", nếu có, là chuỗi hoặc số nguyên.')
            say(_line({"line": number, "error": problem}))
            continue
        name, text = row
        say(_line({"id": name} | as_json(text, scams.check(text))))
    return whole


def _line(answer: dict[str, Any]) -> str:
    """An answer as JSON that can be written in UTF-8: half a surrogate pair stays an escape."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def asked(line: str) -> tuple[Any, str] | None:
    """The id and the text of a line of JSON, None when it is not as it should be."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if (
        not isinstance(row, dict)
        or not isinstance(row.get("text"), str)
        or not isinstance(row.get("id"), str | int | None)
    ):
        return None
    return row.get("id"), row["text"]


def as_json(text: str, verdict: Verdict) -> dict[str, Any]:
    """A verdict as programs take it."""
    return {
        "verdict": verdict.level.value,
        "score": verdict.score,
        "scam_type": verdict.scam_type.code if verdict.scam_type else None,
        "brand": verdict.brand or None,
        "official": verdict.official,
        "signs": [
            {"sign": one.code, "span": one.span, "text": text[slice(*one.span)], "weight": one.weight}
            for one in verdict.signs
        ],
        "advice": verdict.advice,
    }
