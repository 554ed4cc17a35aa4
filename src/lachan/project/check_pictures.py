"""`lachan check --image`: what a picture says, for a person to correct, and what it looks like."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lachan.engine import scams
from lachan.engine.scams.pictures import MOST_BYTES, Code, CodeKind, Read, Unfit, Why
from lachan.engine.scams.vietqr import Payment
from lachan.project.check_command import as_json, in_sentences
from lachan.project.language import chosen, speak

_ = speak(chosen((), os.environ))
_ENGLISH = chosen((), os.environ) == "en"


def all_of(names: Sequence[str], say: Callable[[str], Any], **how: Any) -> bool:
    """Says of each picture what `one` does; False when some could not be read."""
    whole = True
    for number, name in enumerate(names):
        said, was_read = one(name, **how)
        say(said if not number or how.get("as_data") else f"\n{said}")
        whole &= was_read
    return whole


def one(name: str, *, text: str | None = None, sender: str | None = None, as_data: bool = False) -> tuple[str, bool]:
    """What is said of the picture in the file `name` ("-": standard input), and whether it was read."""
    try:
        read, verdict = scams.check_picture(_data(name), text=text, sender=sender)
    except Unfit as refusal:
        problem = _(str(refusal))
        return (_json({"file": name, "error": problem, "why": refusal.why}) if as_data else f"{name}: {problem}"), False
    if as_data:
        judged = read.judged(text)
        return _json({"file": name, **_read_as_json(read), "judged": judged, **as_json(judged, verdict)}), True
    judged = read.judged(text)
    verdict_told = ["", in_sentences(verdict, judged)] if judged.strip() else []  # of nothing there is nothing to say
    unread = [_(why.sentence) for why in read.unread if text is None or why is not Why.NO_WORDS]
    return "\n".join([*_told(name, read), *unread, *verdict_told]), True


def _data(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _told(name: str, read: Read) -> list[str]:
    around = " · ".join(message.text for message in read.messages if message.around)
    lines = [_("Chữ đọc được trong {file} (đọc sai chỗ nào thì sửa lại bằng --text):").format(file=name)]
    lines += [f"  {line}" for line in read.text.splitlines()] or [_("  (không thấy chữ)")]
    lines += [_("Quanh tin nhắn: {words}").format(words=around)] if around else []
    return lines + [_code(code) for code in read.codes]


def _code(code: Code) -> str:
    if code.payment:
        return _("Mã QR chuyển tiền: {sentence}").format(sentence=code.payment.sentence("en" if _ENGLISH else "vi"))
    names = {
        CodeKind.PAYMENT: _("Mã QR thanh toán không theo chuẩn VietQR: {content}"),
        CodeKind.LINK: _("Mã QR mở liên kết: {content}"),
        CodeKind.WIFI: _("Mã QR nối vào mạng Wi-Fi: {content}"),
        CodeKind.CONTACT: _("Mã QR thêm vào danh bạ: {content}"),
        CodeKind.PHONE: _("Mã QR gọi điện: {content}"),
        CodeKind.SMS: _("Mã QR gửi tin nhắn: {content}"),
        CodeKind.EMAIL: _("Mã QR gửi thư: {content}"),
        CodeKind.APP: _("Mã QR mở ứng dụng: {content}"),
        CodeKind.TEXT: _("Mã QR có chữ: {content}"),
    }
    return names[code.kind].format(content=code.told)


def _read_as_json(read: Read) -> dict[str, object]:
    return {
        "text": read.text,
        "messages": [
            {"text": one.text, "box": one.box, "sure": one.sure, "around": one.around} for one in read.messages
        ],
        "codes": [
            {"content": one.content, "kind": one.kind, "box": one.box, "payment": one.payment and _payment(one.payment)}
            for one in read.codes
        ],
        "unread": read.unread,
    }


def _payment(paid: Payment) -> dict[str, object]:
    return {
        "bin": paid.bin,
        "bank": paid.bank.short_name if paid.bank else None,
        "account": paid.account,
        "amount": paid.amount,
        "currency": paid.currency,
        "name": paid.name,
        "purpose": paid.purpose,
        "intact": paid.intact,
        "sentence": paid.sentence(),
    }


def _json(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False)
