"""What pydantic finds wrong with a body, as faults of a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lachan.api.problems import Fault

_WORDS = {"missing": _("Thiếu phần này."), "extra_forbidden": _("Không có phần nào tên như vậy.")}


def faults_of(errors: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """One fault for each place. Of several kinds that a value could have been, the first is told."""
    found = {pointer(one["loc"]): Fault(pointer(one["loc"]), _words(one)) for one in reversed(list(errors))}
    return list(reversed(found.values()))


def pointer(place: Iterable[str | int]) -> str:
    """RFC 6901."""
    return "".join("/" + str(one).replace("~", "~0").replace("/", "~1") for one in place)


def _words(one: Mapping[str, Any]) -> Callable[[], str]:
    sentence: str | Promise = _WORDS.get(one["type"], _("Giá trị không đúng kiểu hoặc ngoài giới hạn."))
    return lambda: str(sentence)
