"""`lachan check`: what a message looks like, for a person to read or a program to take line by line."""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

from lachan.engine import scams
from lachan.engine.scams import Level, Verdict
from lachan.project.language import chosen, speak

_ = speak(chosen((), os.environ))


def one(text: str, sender: str | None = None) -> str:
    """The verdict on one text, in sentences."""
    return in_sentences(scams.check(text, sender=sender), text)


def in_sentences(verdict: Verdict, text: str) -> str:
    """The verdict on `text`: what it looks like, why, and what to do."""
    heads = {
        Level.SCAM: _("Có dấu hiệu lừa đảo"),
        Level.CAUTION: _("Cẩn thận: chưa chắc, nhưng có điều đáng ngờ"),
        Level.NONE: _("Chưa thấy dấu hiệu lừa đảo; điều đó không có nghĩa là an toàn"),
    }
    lines = [heads[verdict.level] + (f": {verdict.scam_type.name_vi}" if verdict.scam_type else "")]
    lines += [
        f"  • {found.sign.name_vi}: “{text[slice(*found.span)]}”. {found.sign.why_vi}" for found in _against(verdict)
    ]
    lines += [_("Trang chính thức: {body}").format(body=body) for body in verdict.official]
    lines += [f"  {number}. {step}" for number, step in enumerate(verdict.advice, 1)]
    return "\n".join(lines)


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
            problem = _('Dòng này phải là JSON có "text" là chuỗi.')
            say(json.dumps({"line": number, "error": problem}, ensure_ascii=False))
            continue
        name, text = row
        say(json.dumps({"id": name} | as_json(text, scams.check(text)), ensure_ascii=False))
    return whole


def asked(line: str) -> tuple[Any, str] | None:
    """The id and the text of a line of JSON, None when it is not as it should be."""
    try:
        row = json.loads(line)
    except ValueError:
        return None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
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
