import pytest

from lachan.engine.similar import indicators_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vao vcb-vn . top/dn", ("host:vcb-vn.top",)),
        ("https://dich.vcb-vn.id.vn va hxxp://vcb-vn[.]id[.]vn/x", ("host:vcb-vn.id.vn",)),
        ("https://hoantien.vercel.app/a", ("host:hoantien.vercel.app",)),
        ("nhanqua.weebly.com", ("host:nhanqua.weebly.com",)),
        ("https://bit.ly/3xYzQ", ("link:bit.ly/3xYzQ",)),
        ("https://zalo.me/g/abcxyz12", ("link:zalo.me/g/abcxyz12",)),
        ("https://zalo.me/0912345678", ("phone:0912345678",)),
        ("https://wa.me/84912345678", ("phone:0912345678",)),
        ("https://youtu.be/dQw4w9WgXcQ", ("link:youtu.be/dQw4w9WgXcQ",)),
        ("https://sites.google.com/view/nhanqua", ("link:sites.google.com/view/nhanqua",)),
        ("https://storage.googleapis.com/qua/a.html", ("link:storage.googleapis.com/qua/a.html",)),
        ("http://103.12.44.9/vneid.apk", ("host:103.12.44.9",)),
        ("Gọi 0912 345 678 hoặc +84912345678", ("phone:0912345678",)),
        ("chuyển vào STK 1903 4567 8901 23 Techcombank", ()),
        ("chuyển vào STK 19034567890123 Techcombank", ("account:19034567890123",)),
    ],
)
def test_what_a_text_shares_with_others_is_found(text, found) -> None:
    assert indicators_of(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "https://www.vietcombank.com.vn/the",
        "https://dichvucong.gov.vn",
        "https://facebook.com",
        "https://bit.ly",
        "https://tinyurl.com/",
        "https://sites.google.com",
        "https://vercel.app",
        "https://fb.com",
        "Mail ve abc@gmail.com hoac vao gmail.com",
        "https://en.wikipedia.org",
        "https://play.google.com/store/apps/details?id=com.VCB",
        "Gọi 113 hoặc 18001091, nhắn 156",
        "Gọi Vietcombank 1900545413",
        "Đổi giờ bay gọi 19009999",
        "Khám bệnh. Tại đây",
        "Kinh chao QK. Shop da giao hang. Online ca ngay",
        "Giao lại không mất phí. Xin cảm ơn",
    ],
)
def test_what_everybody_shares_is_no_indicator(text) -> None:
    assert indicators_of(text) == ()
