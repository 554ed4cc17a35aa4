"""Names of channels and audiences, and what a number counts, in the language of the page."""

from collections.abc import Callable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lachan.activities.models import Activity
from lachan.engine.activities import AUDIENCES, Audience, Channel
from lachan.foundation.formats import number


def _english() -> bool:
    return (get_language() or "vi").startswith("en")


def word(one: Channel | Audience) -> str:
    """Its name."""
    return one.name_en if _english() else one.name


def counted_in(channel: Channel) -> str:
    """What one time of the channel is: "buổi", "lượt phát"."""
    return channel.counted_in_en if _english() else channel.counted_in


def reached(channel: Channel) -> str:
    """What its audience is: "người nghe", "lượt xem"."""
    named = channel.reached_en if _english() else channel.reached
    return named or _("người được tuyên truyền")


def kind_of_decree(channel: Channel) -> str:
    """Which of the eight kinds of Decree 49/2024 it is."""
    return KINDS[channel.grassroots]() if channel.grassroots else ""


KINDS = {
    1: lambda: _("Đài truyền thanh cấp xã"),
    2: lambda: _("Bảng tin công cộng"),
    3: lambda: _("Bản tin thông tin cơ sở"),
    4: lambda: _("Tài liệu không kinh doanh"),
    5: lambda: _("Tuyên truyền viên cơ sở"),
    6: lambda: _("Cổng, trang thông tin điện tử"),
    7: lambda: _("Mạng xã hội, ứng dụng nhắn tin"),
    8: lambda: _("Tin nhắn viễn thông"),
}


def how_much(activity: Activity) -> str:
    """Its numbers in one line: "2 buổi · 150 người dự · 40 phút"."""
    channel = activity.by_channel
    parts = [
        (activity.times, counted_in(channel)),
        (activity.audience, reached(channel)),
        (activity.copies, _("bản")),
        (activity.minutes, _("phút")),
    ]
    return " · ".join(f"{number(count)} {unit}" for count, unit in parts if count is not None)


def for_whom(activity: Activity) -> str:
    """Its audiences in words."""
    return ", ".join(word(AUDIENCES[code]) for code in activity.audiences if code in AUDIENCES)


SENTENCES: dict[str, Callable[[], str]] = {
    "channel": lambda: _("Chọn kênh tuyên truyền đã dùng."),
    "ambiguous": lambda: _("Ô “%(label)s”: “%(typed)s” có thể hiểu là %(readings)s. Nhập lại, ví dụ 1250."),
    "not_a_number": lambda: _("Ô “%(label)s” cần là số nguyên từ 0 trở lên, ví dụ 1250. Anh/chị đã nhập “%(typed)s”."),
    "or": lambda: _(" hoặc "),
    "no_times": lambda: _("“Số lần” cần từ 1 trở lên. Chưa làm lần nào thì không ghi."),
    "too_many": lambda: _("Số lần từ 1 trở lên; mỗi con số tối đa %(most)s."),
    "no_day": lambda: _("Ghi ngày đã làm, ví dụ 18/11/2024."),
    "day_to_come": lambda: _("Ngày %(day)s chưa tới. Chỉ ghi hoạt động đã làm."),
    "day_long_ago": lambda: _("Ngày %(day)s đã quá một năm. Kiểm tra lại năm của ngày này."),
    "link": lambda: _("Ô “Liên kết” cần là một địa chỉ trang, ví dụ facebook.com/xagocao/posts/123."),
    "too_long": lambda: _("“Đã làm gì” dài quá 300 ký tự. Rút gọn lại."),
}
"""What is said of an activity that cannot be, on the site and on a device without a network."""


def sentences() -> dict[str, str]:
    """Each of SENTENCES in the language of the page."""
    return {name: say() for name, say in SENTENCES.items()}
