"""What went wrong, as RFC 9457 says it, each sentence in Vietnamese and in English."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lachan.foundation.refused import Refused

Words = str | Promise | Callable[[], str]
"""A sentence that can be said in the language of the moment."""

TITLES: Mapping[str, tuple[int, Words]] = {
    "malformed": (400, _("Yêu cầu không đọc được")),
    "no-token": (401, _("Thiếu mã truy cập, hoặc mã không còn dùng được")),
    "forbidden": (403, _("Mã truy cập không có quyền này")),
    "not-found": (404, _("Không có nội dung này")),
    "method-not-allowed": (405, _("Địa chỉ này không nhận cách gọi đó")),
    "key-used": (409, _("Khóa của yêu cầu đã dùng cho nội dung khác")),
    "refused": (409, _("Không thực hiện được")),
    "too-large": (413, _("Nội dung gửi quá lớn")),
    "unsupported": (415, _("Kiểu của nội dung gửi không dùng được ở đây")),
    "faulty": (422, _("Nội dung gửi có chỗ cần sửa")),
    "too-many": (429, _("Gửi quá nhiều yêu cầu trong một phút")),
    "broken": (500, _("Hệ thống đang gặp lỗi")),
    "away": (503, _("Cơ sở dữ liệu tạm thời không trả lời")),
}
"""The kinds of problems, with their status."""


@dataclass(frozen=True)
class Fault:
    """One place of what was sent, as a JSON pointer, and what is wrong with it."""

    pointer: str
    words: Words

    def told(self) -> dict[str, str]:
        return {"pointer": self.pointer, "detail": said(self.words, "vi"), "detail_en": said(self.words, "en")}


@dataclass
class Problem(Exception):
    """Ends a request of the API. `kind` is one of TITLES."""

    kind: str
    words: Words
    faults: Sequence[Fault] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return TITLES[self.kind][0]

    def told(self) -> dict[str, Any]:
        """As the RFC lays it out, with the English beside the Vietnamese."""
        title = TITLES[self.kind][1]
        found: dict[str, Any] = {
            "type": f"urn:lachan:problem:{self.kind}",
            "title": said(title, "vi"),
            "title_en": said(title, "en"),
            "status": self.status,
            "detail": said(self.words, "vi"),
            "detail_en": said(self.words, "en"),
        }
        return found | ({"errors": [fault.told() for fault in self.faults]} if self.faults else {})

    def answer(self) -> HttpResponse:
        body = json.dumps(self.told(), ensure_ascii=False)
        return HttpResponse(body, status=self.status, content_type="application/problem+json", headers=self.headers)


def said(words: Words, language: str) -> str:
    """The sentence in one language."""
    with override(language):
        return words() if callable(words) and not isinstance(words, Promise) else str(words)


def of_refusal(refused: Refused) -> Problem:
    """What an action refused. Its sentence is in both languages where it waits to be said (`gettext_lazy`)."""
    [words] = refused.args
    return Problem("refused", words)
