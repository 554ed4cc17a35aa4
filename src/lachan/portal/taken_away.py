"""Tables to take away, as a workbook or as text."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from lachan.engine.layout import SheetTable, to_csv, to_xlsx
from lachan.reporting.exports import KINDS


def as_file(sheets: Sequence[SheetTable], name: str, kind: str) -> HttpResponse:
    """The sheets as "xlsx", or the first of them as "csv"; no other kind is there. `name` may be in Vietnamese."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    content = to_xlsx(tuple(sheets)) if kind == "xlsx" else to_csv(sheets[0].table)
    answer = HttpResponse(content, content_type=KINDS[kind])
    plain = slugify(name.replace("đ", "d").replace("Đ", "D"))
    answer["Content-Disposition"] = f'attachment; filename="{plain}.{kind}"'
    return answer
