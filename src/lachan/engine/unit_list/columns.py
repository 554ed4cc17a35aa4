"""Which column holds what, found by the words of the headings, in any order and under any title."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lachan.engine.tables import Line, Sheet
from lachan.engine.vietnamese import fold


class Field(StrEnum):
    """What a column of a list of units may hold."""

    CODE = "code"
    NAME = "name"
    KIND = "kind"
    PARENT = "parent"
    NAME_EN = "name_en"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    SYMBOL = "letter_symbol"
    PERSON = "person_name"
    PERSON_EMAIL = "person_email"


_WORDS = {
    Field.CODE: "mã|mã đơn vị|mã số|mã cơ quan|mã trường|mã định danh",
    Field.NAME: "tên|tên đơn vị|tên cơ quan|tên trường|đơn vị|cơ quan đơn vị|tên cơ quan đơn vị|tên tổ chức|tên thôn",
    Field.KIND: "loại|loại đơn vị|loại hình|loại hình đơn vị|cấp học|kiểu đơn vị",
    Field.PARENT: "đơn vị cấp trên|cấp trên|trực thuộc|đơn vị chủ quản|cơ quan chủ quản|thuộc|thuộc đơn vị"
    "|cơ quan cấp trên|cấp trên trực tiếp|đơn vị trực thuộc của",
    Field.NAME_EN: "tên tiếng anh|tên đơn vị tiếng anh",
    Field.EMAIL: "thư điện tử|email|e mail|hộp thư|thư điện tử đơn vị|email đơn vị|thư công vụ|địa chỉ thư điện tử",
    Field.PHONE: "điện thoại|số điện thoại|đt|sđt|điện thoại đơn vị|điện thoại liên hệ",
    Field.ADDRESS: "địa chỉ|trụ sở|địa chỉ trụ sở|địa điểm",
    Field.SYMBOL: "ký hiệu|ký hiệu văn bản|ký hiệu trong văn bản|viết tắt|tên viết tắt",
    Field.PERSON: "cán bộ phụ trách|người phụ trách|họ và tên cán bộ|họ tên cán bộ|cán bộ đầu mối|đầu mối|họ và tên|họ tên"
    "|người đầu mối",
    Field.PERSON_EMAIL: "email cán bộ|thư điện tử cán bộ|email người phụ trách|thư điện tử người phụ trách|email cán bộ phụ trách"
    "|thư điện tử của cán bộ|email đầu mối|thư điện tử cán bộ phụ trách",
}
_HEADINGS = {fold(word): field for field, words in _WORDS.items() for word in words.split("|")}
_FIRST_LINES = 20
_ASIDE = re.compile(r"\(.*?\)|[^\w\s]+")


@dataclass(frozen=True)
class Columns:
    """Where each field stands. `unknown` are headings that were passed over, `twice` fields that two columns claim."""

    places: dict[Field, int]
    headings: dict[Field, str]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The part of a sheet that lists units."""

    columns: Columns
    heading: Line
    lines: tuple[Line, ...]


def find_table(sheets: Iterable[Sheet]) -> Table | None:
    """The first sheet with a line of headings among its first twenty: the name's and at least one other. None: there is none."""
    for sheet in sheets:
        for at, line in enumerate(sheet.lines[:_FIRST_LINES]):
            columns = _columns(line)
            if Field.NAME in columns.places and len(columns.places) > 1:
                return Table(columns, line, sheet.lines[at + 1 :])
    return None


def _columns(line: Line) -> Columns:
    places: dict[Field, int] = {}
    headings: dict[Field, str] = {}
    unknown, twice = [], []
    for at, cell in enumerate(line.cells):
        field = _HEADINGS.get(" ".join(fold(_ASIDE.sub(" ", cell.text)).split()))
        if field is None:
            unknown += [cell.text] if cell.text else []
        elif field in places:
            twice.append(cell.text)
        else:
            places[field], headings[field] = at, cell.text
    return Columns(places, headings, tuple(unknown), tuple(twice))
