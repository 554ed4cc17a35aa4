"""Workbooks around an import: the template to fill in, and the faulty rows with what is wrong with them."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from lachan.engine.layout import Column, Row, SheetTable, Table, to_xlsx
from lachan.engine.tables import MOST_LINES
from lachan.engine.unit_list import Field
from lachan.orgs.list_words import FIELDS, headings, sentences
from lachan.orgs.models import Kind, UnitList, UnitListRow

_WIDTHS = {Field.NAME: 44, Field.KIND: 30, Field.PARENT: 34, Field.ADDRESS: 40, Field.NAME_EN: 34}
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}


def template(kinds: Iterable[Kind]) -> bytes:
    """An empty list with headings and a drop-down of kinds, how to fill it in, and the kinds."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    plain = book.add_format({**_FONT, "text_wrap": True})
    bold = book.add_format({**_FONT, "bold": True, "text_wrap": True, "border": 1, "bg_color": "#E6F0F1"})
    names = [kind.name for kind in kinds]
    kinds_sheet = _("Loại đơn vị")
    _list(
        book.add_worksheet(_("Danh sách đơn vị")),
        bold,
        book.add_format({**_FONT, "num_format": "@"}),
        kinds_sheet,
        len(names),
    )
    _column(book.add_worksheet(_("Hướng dẫn")), _instructions(), plain, width=110)
    _column(book.add_worksheet(kinds_sheet), names, plain, width=50)
    book.close()
    return out.getvalue()


def _list(page: Worksheet, bold: Format, text: Format, kinds_sheet: str, kinds: int) -> None:
    for at, field in enumerate(Field):
        page.set_column(at, at, _WIDTHS.get(field, 22), text)
        page.write_string(0, at, str(FIELDS[field]), bold)
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    at = list(Field).index(Field.KIND)
    source = {"validate": "list", "source": f"='{kinds_sheet}'!$A$1:$A${kinds}", "ignore_blank": True}
    page.data_validation(1, at, MOST_LINES, at, source)


def _column(page: Worksheet, words: Sequence[str], look: Format, *, width: int) -> None:
    page.set_column(0, 0, width)
    for at, word in enumerate(words):
        page.write_string(at, 0, word, look)


def _instructions() -> list[str]:
    return [
        _("Mỗi dòng một đơn vị. Không cần điền đủ các cột; thứ tự cột và các dòng tiêu đề phía trên không quan trọng."),
        _("Tên đơn vị: bắt buộc. Loại đơn vị: bắt buộc với đơn vị mới, chọn trong danh sách thả xuống."),
        _("Mã đơn vị: có mã thì đơn vị được nhận ra theo mã; để trống thì theo tên và đơn vị cấp trên."),
        _(
            "Đơn vị cấp trên: ghi mã hoặc tên, có dấu hay không dấu. Trùng tên thì ghi thêm nơi trên nữa, "
            "ví dụ: xã Gò Thấp, huyện Bến Đá. Để trống là trực thuộc đơn vị nhận danh sách. Có thể là một dòng khác của tệp."
        ),
        _("Ô để trống giữ nguyên thông tin đang có, không xóa."),
        _("Cán bộ phụ trách và thư điện tử cán bộ: chỉ được cấp tài khoản khi người ghi danh sách chọn mời."),
        _("Sau khi gửi tệp, hệ thống cho xem trước từng dòng. Chưa có gì được ghi cho đến khi anh/chị bấm ghi."),
    ]


def faulty_rows(brought: UnitList, rows: Iterable[UnitListRow]) -> bytes:
    """The rows that cannot be written, as they were, with the sentences in one more column: mended, the file can be sent again."""
    fields = [Field(field) for field in brought.headings]
    columns = (
        *(Column(word) for word in headings(fields)),
        Column(_("Dòng trong tệp"), "number"),
        Column(_("Lỗi cần sửa")),
    )
    lines = tuple(
        Row((*(row.written.get(field) for field in fields), row.number, "\n".join(sentences(row)))) for row in rows
    )
    return to_xlsx((SheetTable(_("Dòng có lỗi"), Table(columns, lines, missing=""), landscape=True),))
