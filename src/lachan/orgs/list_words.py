"""What a preview says of the rows of a list, in sentences."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lachan.engine.tables import Remark
from lachan.engine.unit_list import FaultCode, Field, Verdict
from lachan.orgs.models import UnitListRow

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FIELDS: "dict[Field, StrOrPromise]" = {
    Field.CODE: gettext_lazy("Mã đơn vị"),
    Field.NAME: gettext_lazy("Tên đơn vị"),
    Field.KIND: gettext_lazy("Loại đơn vị"),
    Field.PARENT: gettext_lazy("Đơn vị cấp trên"),
    Field.NAME_EN: gettext_lazy("Tên tiếng Anh"),
    Field.EMAIL: gettext_lazy("Thư điện tử"),
    Field.PHONE: gettext_lazy("Điện thoại"),
    Field.ADDRESS: gettext_lazy("Địa chỉ"),
    Field.SYMBOL: gettext_lazy("Ký hiệu văn bản"),
    Field.PERSON: gettext_lazy("Cán bộ phụ trách"),
    Field.PERSON_EMAIL: gettext_lazy("Thư điện tử cán bộ"),
}
"""The headings of the template, in its order."""

VERDICTS: "dict[Verdict, StrOrPromise]" = {
    Verdict.NEW: gettext_lazy("Mới"),
    Verdict.CHANGED: gettext_lazy("Thay đổi"),
    Verdict.SAME: gettext_lazy("Không đổi"),
    Verdict.FAULTY: gettext_lazy("Có lỗi"),
}

_FAULTS: "dict[FaultCode, StrOrPromise]" = {
    FaultCode.NO_NAME: gettext_lazy("Chưa có tên đơn vị."),
    FaultCode.NO_KIND: gettext_lazy("Đơn vị mới cần có loại. Chọn một loại trong trang “Loại đơn vị” của tệp mẫu."),
    FaultCode.UNKNOWN_KIND: gettext_lazy(
        "Không có loại “%(value)s”. Chọn một loại trong trang “Loại đơn vị” của tệp mẫu."
    ),
    FaultCode.UNKNOWN_PARENT: gettext_lazy(
        "Không thấy đơn vị cấp trên “%(value)s” trong nhánh này hay trong tệp. Xem lại tên, hoặc ghi mã."
    ),
    FaultCode.MANY_PARENTS: gettext_lazy(
        "Có nhiều đơn vị tên “%(value)s” (mã: %(about)s). Ghi mã của đơn vị cấp trên."
    ),
    FaultCode.PARENT_FAULTY: gettext_lazy("Đơn vị cấp trên “%(value)s” ở dòng %(about)s có lỗi, sửa dòng đó trước."),
    FaultCode.UNDER_ITSELF: gettext_lazy("Đơn vị không thể trực thuộc chính nó hay đơn vị bên dưới nó (“%(value)s”)."),
    FaultCode.CODE_ELSEWHERE: gettext_lazy("Mã “%(value)s” là của một đơn vị ngoài nhánh này. Xem lại mã."),
    FaultCode.ROOT_ITSELF: gettext_lazy("“%(value)s” là đơn vị đang nhận danh sách; sửa ở trang của đơn vị đó."),
    FaultCode.TWICE: gettext_lazy("“%(value)s” đã có ở dòng %(about)s. Giữ lại một dòng."),
    FaultCode.NAMESAKE: gettext_lazy(
        "Đã có “%(value)s” (mã %(about)s) ở cùng nơi. Nếu là đơn vị ấy thì ghi mã đó, nếu khác thì đặt tên phân biệt."
    ),
    FaultCode.MANY_OF_NAME: gettext_lazy(
        "Có nhiều đơn vị tên “%(value)s” (mã: %(about)s). Ghi mã để biết là đơn vị nào."
    ),
    FaultCode.BAD_EMAIL: gettext_lazy("“%(value)s” không phải địa chỉ thư điện tử, ví dụ đúng: ten@tinh.gov.vn."),
    FaultCode.BAD_PHONE: gettext_lazy("“%(value)s” không phải số điện thoại, ví dụ đúng: 0237 3852 246."),
    FaultCode.PERSON_UNNAMED: gettext_lazy("Có thư điện tử của cán bộ nhưng chưa có họ và tên."),
    FaultCode.TOO_LONG: gettext_lazy("“%(value)s…” dài quá %(about)s chữ."),
    FaultCode.NO_RESULT: gettext_lazy("Ô là công thức mà tệp không giữ kết quả. Dán giá trị vào ô rồi gửi lại."),
    FaultCode.SHEET_FAULT: gettext_lazy("Ô đang báo lỗi %(value)s của bảng tính. Sửa ô rồi gửi lại."),
}
_REMARKS: "dict[Remark, StrOrPromise]" = {
    Remark.MERGED: gettext_lazy("lấy từ ô gộp phía trên"),
    Remark.FORMULA: gettext_lazy("lấy kết quả công thức mà tệp đang giữ"),
}


def sentences(row: UnitListRow) -> list[str]:
    """What is wrong with a row: each fault with its column, and what to do."""
    return [f"{FIELDS[Field(one['field'])]}: {_FAULTS[FaultCode(one['code'])] % one}" for one in row.faults]


def differences(row: UnitListRow) -> list[tuple["StrOrPromise", str, str]]:
    """Column, before, after."""
    return [(FIELDS[Field(one["field"])], one["before"], one["after"]) for one in row.changes]


def remarks(row: UnitListRow) -> list[str]:
    """Where a value came from, when not from the cell itself."""
    said = [
        f"{FIELDS[Field(field)]}: {_REMARKS[Remark(remark)]}"
        for field, remark in row.remarks.items()
        if remark in _REMARKS
    ]
    return [*said, _("dòng đang bị ẩn trong tệp")] if row.hidden else said


def headings(fields: Sequence[Field]) -> list[str]:
    return [str(FIELDS[field]) for field in fields]
