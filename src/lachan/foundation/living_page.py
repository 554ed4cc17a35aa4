"""What the living page shows: each component with its code, and what the examples are filled with.

An example is a template of its own, `templates/foundation/examples/<name>.html`; the page shows both its text and its result, so
the two cannot drift apart.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from lachan.foundation.charts.samples import samples
from lachan.foundation.design import STATES, Part, Span, Words

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE / "templates" / "foundation" / "examples"
CSS = HERE / "static" / "foundation" / "design.css"


@dataclass(frozen=True)
class Example:
    """One component: what it is for, and the template that shows it."""

    name: str
    title: Words
    when: Words

    @property
    def template(self) -> str:
        return f"foundation/examples/{self.name}.html"

    @property
    def code(self) -> str:
        lines = (EXAMPLES / f"{self.name}.html").read_text(encoding="utf-8").splitlines()
        return "\n".join(line for line in lines if not line.startswith("{% load"))


@dataclass(frozen=True)
class Section:
    """Components that are chosen between."""

    slug: str
    title: Words
    examples: tuple[Example, ...]


def tokens() -> dict[str, str]:
    """The custom properties of the style sheet's :root, name without dashes → value."""
    root = CSS.read_text(encoding="utf-8").partition(":root {")[2].partition("}")[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", root))


COLOURS: dict[str, Words] = {
    "ink": _("Chữ chính"),
    "ink-soft": _("Chữ phụ, chưa thấy dấu hiệu"),
    "paper": _("Nền"),
    "paper-2": _("Nền chân trang"),
    "line": _("Đường kẻ"),
    "line-strong": _("Viền ô nhập"),
    "accent": _("Chỗ bấm được: nút, liên kết"),
    "accent-pale": _("Nền thông tin"),
    "good": _("Đã nhận, đã gửi, đã duyệt"),
    "good-pale": _("Nền cho màu trên"),
    "warn": _("Cần cảnh giác, sắp đến hạn"),
    "warn-pale": _("Nền cho màu trên"),
    "bad": _("Lừa đảo, quá hạn, lỗi"),
    "bad-pale": _("Nền cho màu trên"),
    "off": _("Không còn hiệu lực, chưa có"),
}


@dataclass(frozen=True)
class Colour:
    """One colour token: its name in the style sheet, its value, and what it is kept for."""

    name: str
    value: str
    use: Words


def colours() -> list[Colour]:
    """The colours in the order they are shown."""
    values = tokens()
    return [Colour(name, values[name], use) for name, use in COLOURS.items()]


SECTIONS = (
    Section(
        "nut",
        _("Nút"),
        (
            Example(
                "buttons",
                _("Nút và nút liên kết"),
                _(
                    "Mỗi màn hình chỉ một nút chính. Nút đỏ dành cho việc khó lấy lại, như thu hồi văn bản. "
                    "Đi sang trang khác thì dùng liên kết."
                ),
            ),
            Example(
                "post_button",
                _("Nút làm ngay một việc"),
                _("Một nút là một biểu mẫu riêng, gửi bằng POST, chạy cả khi không có JavaScript."),
            ),
        ),
    ),
    Section(
        "bieu-mau",
        _("Biểu mẫu"),
        (
            Example(
                "form",
                _("Ô nhập, gợi ý, lỗi"),
                _("Nhãn luôn ở trên ô. Lỗi đứng ngay trên ô sai và được gom lại ở đầu trang, mỗi dòng dẫn đến đúng ô."),
            ),
            Example(
                "choices",
                _("Lựa chọn lớn cho ngón tay"),
                _(
                    "Dùng trên trang ghi nhanh bằng điện thoại: ô lớn khi chọn một trong nhiều, nút tròn khi chỉ vài lựa chọn."
                ),
            ),
            Example(
                "autosave",
                _("Tự lưu khi nhập"),
                _("Dùng cho báo cáo dài. Không có JavaScript thì vẫn lưu được bằng nút Lưu."),
            ),
            Example(
                "answers",
                _("Bên cạnh một ô"),
                _(
                    "Số gợi ý và nguồn, góp ý tại ô, chỗ sửa giữa hai bản. Kiểu chữ và nét gạch, không chỉ màu, nói điều đã đổi."
                ),
            ),
        ),
    ),
    Section(
        "bang",
        _("Bảng số liệu"),
        (
            Example(
                "table",
                _("Bảng"),
                _(
                    "Số căn phải, đơn vị tính ở đầu cột, dòng tổng luôn thấy. Số 0 là đã báo cáo bằng không; "
                    "“chưa có” là chưa báo cáo. Trên điện thoại mỗi dòng thành một nhóm có nhãn."
                ),
            ),
            Example(
                "folded",
                _("Dòng gập trên điện thoại"),
                _(
                    "Cho bảng nhiều dòng: trên điện thoại mỗi dòng chỉ còn tên và con số chính, bấm vào thì mở đủ các cột; "
                    "trên máy tính và khi in luôn đủ."
                ),
            ),
            Example("pagination", _("Chia trang"), _("Khi danh sách dài quá 50 dòng. Giữ nguyên bộ lọc đang chọn.")),
        ),
    ),
    Section(
        "trang-thai",
        _("Trạng thái và kết luận"),
        (
            Example(
                "states",
                _("Trạng thái"),
                _("Màu, hình và chữ luôn đi cùng nhau. Màu xanh lá chỉ dành cho việc đã nhận, đã gửi, đã duyệt."),
            ),
            Example(
                "verdicts",
                _("Kết luận về một tin nhắn"),
                _("Trước hết là việc cần làm, sau đó mới đến lý do. Không có kết luận “an toàn”."),
            ),
            Example("panels", _("Thông báo"), _("Một câu, nói việc gì và làm gì tiếp. Không dùng để trang trí.")),
            Example("empty", _("Trang chưa có gì"), _("Nói rõ chưa có gì và bước tiếp theo.")),
        ),
    ),
    Section(
        "so-lieu",
        _("Con số và tiến độ"),
        (
            Example(
                "figures", _("Con số chính"), _("Nhiều nhất bốn số một hàng; mỗi số dẫn đến danh sách tạo nên số đó.")
            ),
            Example("progress", _("Tiến độ"), _("Thanh đi kèm con số bằng chữ.")),
            Example("stacked_bar", _("Thanh chia phần"), _("Khi một tổng chia thành từ hai đến năm phần.")),
            Example(
                "bar_chart",
                _("Thanh theo nhánh"),
                _("So sánh nhiều nhóm trên cùng một thang. Tiêu đề nói điều thấy được; số đứng bằng chữ bên cạnh."),
            ),
            Example(
                "day_chart",
                _("Đường theo ngày"),
                _(
                    "Số cộng dồn theo thời gian, so với số phải đạt và ngày hạn. Trên điện thoại vẽ lại cho màn hình hẹp."
                ),
            ),
            Example(
                "area_map",
                _("Bản đồ"),
                _("Xã là điểm, tỉnh là mảng. Hình và mẫu tô nói tình trạng, không chỉ màu. Luôn ghi nguồn bản đồ."),
            ),
            Example(
                "small_charts",
                _("Nhiều đường cùng thang đo"),
                _("Đặt cạnh nhau để so: mọi hình dùng chung thang ngày và thang phần trăm."),
            ),
            Example(
                "chain",
                _("Chuỗi văn bản"),
                _("Từ văn bản cấp trên xuống cấp dưới; văn bản đang xem tô đậm, văn bản chỉ được dẫn vẽ nét đứt."),
            ),
            Example("year_chart", _("Dải theo năm"), _("Việc nào diễn ra khi nào, đã xong đến đâu, hạn lúc nào.")),
            Example(
                "words",
                _("Số và ngày tháng"),
                _("Cách viết theo ngôn ngữ của trang. Số thứ tự và mã không tách nhóm, nên không qua bộ lọc."),
            ),
        ),
    ),
    Section(
        "bo-cuc",
        _("Bố cục và điều hướng"),
        (
            Example("crumbs", _("Vị trí trang"), _("Từ trang cấp hai trở xuống.")),
            Example("bell", _("Thông báo"), _("Ở đầu trang: số thông báo chưa đọc của người đang đăng nhập.")),
            Example("notices", _("Danh sách thông báo"), _("Mỗi dòng một việc đã báo, lúc nào, và một nút để cất đi.")),
            Example("tabs", _("Các cách xem một danh sách"), _("Mỗi cách xem có địa chỉ riêng, gửi cho nhau được.")),
            Example("steps", _("Các bước"), _("Khi công việc có thứ tự và kéo dài qua nhiều màn hình.")),
            Example(
                "summary", _("Tóm tắt một văn bản"), _("Cho thông tin về một đối tượng; nhiều đối tượng thì dùng bảng.")
            ),
            Example("files", _("Tệp để tải về, phần gấp lại"), _("Luôn ghi loại tệp và dung lượng.")),
            Example(
                "beside",
                _("Văn bản bên cạnh biểu mẫu"),
                _(
                    "Chỗ chắc chắn gạch liền, chỗ cần xem lại gạch chấm và có dấu hỏi. Trên điện thoại hai phần xếp trên dưới."
                ),
            ),
        ),
    ),
)

LETTER = """ỦY BAN NHÂN DÂN
TỈNH THANH BÌNH

Số: 1268/UBND-VX
Thanh Bình, ngày 04 tháng 11 năm 2024

Kính gửi:
- Các sở, ban, ngành cấp tỉnh;
- Ủy ban nhân dân các huyện, thị xã, thành phố.

Các đơn vị gửi báo cáo kết quả về Sở Thông tin và Truyền thông trước ngày 10/12/2024 để tổng hợp."""


class SampleForm(forms.Form):
    """Every kind of control, for the page only."""

    number = forms.CharField(label=_("Số, ký hiệu"), help_text=_("Như trên văn bản, ví dụ 1268/UBND-VX"))
    signed_on = forms.DateField(label=_("Ngày ký"))
    pupils = forms.IntegerField(
        label=_("Tổng số học sinh"),
        error_messages={"invalid": _("Ô “Tổng số học sinh” cần là số nguyên từ 0 trở lên, ví dụ 1250.")},
    )
    level = forms.ChoiceField(
        label=_("Cấp nhận"),
        choices=[("p", _("Cấp tỉnh")), ("d", _("Cấp huyện")), ("c", _("Cấp xã"))],
        widget=forms.RadioSelect,
    )
    channels = forms.MultipleChoiceField(
        label=_("Kênh tuyên truyền"),
        choices=[("l", _("Loa truyền thanh")), ("z", _("Zalo của xã")), ("s", _("Trường học"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=[("cv", _("Công văn")), ("kh", _("Kế hoạch"))])
    remark = forms.CharField(label=_("Kết quả nổi bật"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    evidence = forms.FileField(label=_("Tệp kèm theo"), required=False, help_text=_("PDF, DOCX hoặc ảnh, đến 20 MB"))
    agreed = forms.BooleanField(label=_("Số liệu đã được thủ trưởng đơn vị xem"), required=False)


def _span(words: str, label: Words, certainty: Any, key: str) -> Span:
    start = LETTER.index(words)
    return Span(start, start + len(words), label, certainty, key, f"id_{key}")


def sample() -> dict[str, Any]:
    """What the examples are filled with: made up, and the same each time."""
    day = date(2024, 11, 18)
    return {
        "form": SampleForm(
            {"number": "", "signed_on": "04/11/2024", "pupils": "một nghìn", "level": "d", "kind": "cv"}
        ),
        "letter_form": SampleForm(
            initial={"number": "1268/UBND-VX", "signed_on": date(2024, 11, 4), "kind": "cv"}, prefix="x"
        ),
        "letter": LETTER,
        "spans": [
            _span("1268/UBND-VX", _("Số, ký hiệu"), "sure", "x-number"),
            _span("ngày 04 tháng 11 năm 2024", _("Ngày ký"), "likely", "x-signed_on"),
            _span("trước ngày 10/12/2024", _("Hạn báo cáo"), "doubtful", "x-kind"),
        ],
        "rows": [("Huyện Bắc Sơn", 12, 1250, day), ("Thị xã Đông Hà", 0, None, None), ("Huyện Ỷ La", 7, 86, day)],
        "parts": [Part.of("approved", 612), Part.of("submitted", 148), Part.of("drafting", 97), Part.of("late", 41)],
        "states": list(STATES),
        "page": Paginator(range(480), 50).page(3),
        "day": day,
        "saved_at": datetime(2024, 11, 18, 2, 30, tzinfo=UTC),
        "share": 0.125,
        **samples(),
        "none": None,
    }


def sections() -> tuple[Section, ...]:
    """The page's parts, in order."""
    return SECTIONS
