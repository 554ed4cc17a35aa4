"""Why a package is refused, in sentences."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lachan.engine.packages import Question, Unfit, Why

NAMED = 5
"""Indicators named in one sentence."""


def unfit(problem: Unfit) -> str:
    """What is wrong with the file, where, and what to do."""
    sentences = {
        Why.NOT_A_PACKAGE: _("Tệp này không phải gói báo cáo của Lá Chắn. Chọn tệp .zip do nơi gửi xuất ra."),
        Why.DAMAGED: _("Gói bị hỏng hoặc chưa tải về hết. Đề nghị nơi gửi chuyển lại tệp."),
        Why.SWELLS: _("Gói có cấu trúc nén bất thường, không an toàn để mở. Đề nghị nơi gửi xuất lại gói."),
        Why.STRANGE_FILE: _("Trong gói có tệp không được phép: “%(where)s”. Gói không được nhận."),
        Why.CHANGED: _("Tệp “%(where)s” trong gói đã bị sửa sau khi ký. Đề nghị nơi gửi chuyển lại gói gốc."),
        Why.LACKS: _("Trong gói thiếu tệp “%(where)s”. Đề nghị nơi gửi xuất lại gói."),
        Why.NEWER: _("Gói dùng định dạng phiên bản %(where)s, mới hơn phần mềm ở đây. Cập nhật Lá Chắn rồi nhập lại."),
        Why.WRONG_TYPE: _("Dữ liệu trong gói không đúng kiểu ở chỗ “%(where)s”. Đề nghị nơi gửi xuất lại gói."),
        Why.BAD_SIGNATURE: _("Chữ ký của gói không đúng với khóa đã đăng ký của nơi gửi. Gói không được nhận."),
        Why.DOES_NOT_ADD_UP: _("Số liệu các đơn vị trong gói cộng lại không bằng số tổng (%(where)s)."),
    }
    return sentences[problem.why] % {"where": problem.where}


def lacking(questions: Sequence[Question]) -> str:
    """The form here must have answers that the package does not have."""
    named = "; ".join(f"“{one.text}”" for one in questions[:NAMED])
    more = len(questions) - NAMED
    if more > 0:
        named = _("%(named)s và %(more)s chỉ tiêu khác") % {"named": named, "more": more}
    return _("Gói không có chỉ tiêu bắt buộc của biểu mẫu, hoặc chỉ tiêu khác cách hỏi: %(named)s.") % {"named": named}
