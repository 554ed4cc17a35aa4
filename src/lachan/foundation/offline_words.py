"""What the scripts of the app without a network say, in the language of the page. Gaps stand in braces."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """By the name the scripts ask for."""
    return {
        "unsent": _("{count} việc chưa gửi"),
        "all_sent": _("Không còn việc nào chưa gửi"),
        "line_online": _("Đang có mạng. Việc đưa vào hàng chờ được gửi ngay."),
        "line_away": _("Không có mạng. Anh/chị cứ ghi; khi có mạng sẽ tự gửi, việc ghi trước gửi trước."),
        "line_signed_out": _("Có mạng, nhưng phiên đăng nhập đã hết."),
        "carried": _("Báo cáo mang theo"),
        "kept_own": _("Trang tự khóa sau 5 phút không dùng. Đăng xuất thì mọi thứ trên máy này được xóa."),
        "kept_shared": _("Máy dùng chung: trang tự khóa sau 2 phút không dùng, gửi xong thì mọi thứ được xóa."),
        "begun": _("Ghi lúc {when} · {where}"),
        "queued": _("Đã đưa vào hàng chờ. Có mạng sẽ tự gửi."),
        "queued_online": _("Đã đưa vào hàng chờ, đang gửi."),
        "full": _(
            "Máy đã hết chỗ nên chưa giữ được. Nội dung vẫn còn trên màn hình: bớt ảnh, hoặc xóa bớt tệp trên máy, rồi bấm lại."
        ),
        "to_mend": _("Có {count} chỗ cần sửa"),
        "mine": _("Của anh/chị, trên máy này"),
        "on_site": _("Trên hệ thống"),
        "blank": _("để trống"),
        "choose": _("Chọn một bản cho “{label}”."),
        "needs_network": _("Trang vừa mở cần có mạng."),
        "try_again": _("Mở lại trang đó"),
        "clock_ahead": _(
            "Đồng hồ máy này nhanh {days} ngày so với hệ thống. Ngày ghi tính theo hệ thống; hãy chỉnh lại đồng hồ."
        ),
        "clock_behind": _(
            "Đồng hồ máy này chậm {days} ngày so với hệ thống. Ngày ghi tính theo hệ thống; hãy chỉnh lại đồng hồ."
        ),
        "which_day": _("Lúc ghi, đồng hồ máy này chạy sai. Việc này làm ngày nào?"),
        "day_server": _("Ngày {day} (theo đồng hồ hệ thống)"),
        "day_mine": _("Ngày {day} (như đã ghi)"),
        "leaving": _("Còn {count} việc chưa gửi. Đăng xuất thì những việc này bị xóa khỏi máy và không lấy lại được."),
        "sure_drop": _("Bỏ việc này? Nội dung chưa gửi sẽ mất."),
        "sure_wipe": _("Xóa hết trên máy này, kể cả {count} việc chưa gửi?"),
        "shared_done": _("Đã gửi xong. Mọi thứ đã được xóa khỏi máy dùng chung này."),
        "tick_shared": _("Đánh dấu vào ô đồng ý giữ việc trên máy dùng chung, hoặc rời trang này."),
        "pin_short": _("Mã cần ít nhất 6 chữ số hoặc chữ cái."),
        "pin_differs": _("Hai lần nhập mã khác nhau. Nhập lại."),
        "pin_wrong": _("Mã không đúng. Còn {left} lần thử."),
        "pin_gone": _(
            "Mã sai quá nhiều lần nên đã bị hủy. Khi có mạng, đăng nhập rồi mở lại trang này; việc chưa gửi vẫn còn."
        ),
    }
