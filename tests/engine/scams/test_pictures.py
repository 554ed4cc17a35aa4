"""Pictures: what they say is read, by what it says it is judged, and what is no picture is refused with a sentence."""

import shutil
import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps
from screenshots import STYLES, a_code, photographed, saved, screenshot
from test_numbers import payload

from lachan.engine import scams, tesseract
from lachan.engine.scams import Level, pictures
from lachan.engine.scams.pictures import CodeKind, Unfit, Why
from lachan.engine.scams.pictures.codes import code, codes
from lachan.engine.scams.pictures.messages import joined
from lachan.engine.scams.pictures.opening import opened
from lachan.engine.scams.pictures.words import Line

LURE = "Vietcombank: tài khoản của bạn sẽ bị khóa. Đăng nhập https://vietcombank.com.vn-xacthuc.top/dn để giữ lại"
WARNING = "CẢNH BÁO LỪA ĐẢO: ngân hàng không bao giờ gửi liên kết. Tuyệt đối không bấm vào liên kết lạ."
AMPLE = 600  # seconds: a slow machine reads the same
READS = pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")


def refusal(data: bytes) -> Why:
    with pytest.raises(Unfit, match=r"\.$") as refused:
        pictures.read(data)
    return refused.value.why


@READS
class TestScreenshots:
    @pytest.mark.parametrize(
        ("style", "width"), [("sms_light", 1080), ("zalo_dark", 720), ("messenger", 1440), ("outlined", 540)]
    )
    def test_a_bubble_is_a_message_whatever_its_colours(self, style: str, width: int) -> None:
        read = pictures.read(
            saved(screenshot([(LURE, False), ("Để tôi hỏi đã", True)], STYLES[style], width=width)), seconds=AMPLE
        )
        assert "https://vietcombank.com.vn-xacthuc.top/dn" in read.written[0]
        assert "Để tôi hỏi" in read.written[-1]
        assert "10:32" not in read.text

    def test_a_lure_in_a_screenshot_is_judged_as_in_text(self) -> None:
        _, verdict = scams.check_picture(
            saved(screenshot([(LURE, False)], STYLES["zalo_light"], width=720)), seconds=AMPLE
        )
        assert verdict.level is scams.check(LURE).level is Level.SCAM

    def test_what_stands_on_its_head_is_told_as_unclear(self) -> None:
        upright = screenshot([(LURE, False)], STYLES["zalo_light"], width=720)
        assert pictures.read(saved(upright), seconds=AMPLE).unread == ()
        assert Why.UNCLEAR in pictures.read(saved(upright.rotate(180)), seconds=AMPLE).unread

    def test_a_picture_without_words_or_codes_is_told_so(self) -> None:
        assert pictures.read(saved(Image.new("RGB", (400, 300), "white")), seconds=AMPLE).unread == (Why.NO_WORDS,)

    def test_a_warning_in_the_answer_does_not_outweigh_the_lure(self) -> None:
        read, verdict = scams.check_picture(
            saved(screenshot([(LURE, False), (WARNING, True)], width=720)), seconds=AMPLE
        )
        assert verdict.level is Level.SCAM
        assert "vn-xacthuc.top" in read.judged()[slice(*verdict.links[0].span)]

    def test_a_photo_of_a_screen_is_read(self) -> None:
        read = pictures.read(saved(photographed(screenshot([(LURE, False)], STYLES["sms_dark"]))), seconds=AMPLE)
        assert "vietcombank.com.vn-xacthuc.top" in read.text

    def test_corrected_words_are_judged_in_place_of_those_read(self) -> None:
        _, verdict = scams.check_picture(
            saved(screenshot([(LURE, False)], width=720)), text="Tối nay ăn gì", seconds=AMPLE
        )
        assert verdict.level is Level.NONE


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([("mở https://vcb-xac", True), ("minh.top/dn ngay", False)], "mở https://vcb-xacminh.top/dn ngay"),
        ([("https://vcb-xac", True), ("nhan/ma", False)], "https://vcb-xacnhan/ma"),
        ([("vào vcb.com", True), ("để nhận", False)], "vào vcb.com để nhận"),
        ([("https://vcb.com.vn-huy.top", True), ("để xác thực", False)], "https://vcb.com.vn-huy.top để xác thực"),
        ([("vào vcb.top", False), ("24/7 nhé", False)], "vào vcb.top 24/7 nhé"),
        ([("tài khoản", True), ("1.000.000đ", False)], "tài khoản 1.000.000đ"),
    ],
)
def test_links_that_the_bubble_broke_are_joined(lines: list[tuple[str, bool]], text: str) -> None:
    rows = [Line(0, words, 1.0, 0, 300 if full else 150) for words, full in lines]
    assert joined([*rows, Line(0, "dòng dài nhất", 1.0, 0, 300)]) == f"{text} dòng dài nhất"


class TestCodes:
    @pytest.mark.parametrize("size", [2, 4, 10])
    def test_codes_of_all_sizes_are_read(self, size: int) -> None:
        assert [one.content for one in codes(a_code("https://vidu.com/x", size))] == ["https://vidu.com/x"]

    @pytest.mark.parametrize("degrees", [17, 90, 200])
    def test_turned_codes_are_read(self, degrees: int) -> None:
        assert codes(a_code("https://vidu.com").rotate(degrees, expand=True, fillcolor="white"))

    def test_light_codes_on_dark_are_read(self) -> None:
        assert codes(ImageOps.invert(a_code("https://vidu.com")))

    def test_all_codes_of_a_picture_are_read_from_the_top(self) -> None:
        sheet = Image.new("RGB", (600, 900), "white")
        sheet.paste(a_code("tel:0912345678"), (200, 500))
        sheet.paste(a_code("https://vidu.com"), (40, 60))
        assert [one.kind for one in codes(sheet)] == [CodeKind.LINK, CodeKind.PHONE]

    @pytest.mark.parametrize(
        ("content", "kind", "told"),
        [
            ("http://vidu.com/a?b=c", CodeKind.LINK, "http://vidu.com/a?b=c"),
            ("vidu.com/tai-app.apk", CodeKind.LINK, "vidu.com/tai-app.apk"),
            (r"WIFI:T:WPA;S:Quán Cà\; Phê;P:bimat;;", CodeKind.WIFI, "Quán Cà; Phê"),
            ("MECARD:N:Ba Nam;TEL:0912345678;;", CodeKind.CONTACT, "Ba Nam\n0912345678"),
            ("BEGIN:VCARD\nFN:Ba Nam\nTEL;TYPE=CELL:0912345678\nEND:VCARD", CodeKind.CONTACT, "Ba Nam\n0912345678"),
            ("SMSTO:8049:DK TC", CodeKind.SMS, "SMSTO:8049:DK TC"),
            ("zalo://conversation?id=1", CodeKind.APP, "zalo://conversation?id=1"),
            ("Bàn số 5", CodeKind.TEXT, "Bàn số 5"),
            ("000201010211", CodeKind.PAYMENT, "000201010211"),
        ],
    )
    def test_what_a_code_does_is_told(self, content: str, kind: CodeKind, told: str) -> None:
        assert (code(content).kind, code(content).told) == (kind, told)

    def test_a_link_in_a_code_is_judged_as_a_link(self) -> None:
        _, verdict = scams.check_picture(
            saved(a_code("https://vietcombank.com.vn-xacthuc.top/dn"), "PNG", optimize=True)
        )
        assert verdict.level is Level.SCAM

    def test_a_payment_says_what_is_paid_to_whom(self) -> None:
        read, verdict = scams.check_picture(saved(a_code(payload()), "PNG", optimize=True))
        (one,) = read.codes
        assert one.payment
        assert one.payment.sentence() == (
            "Quét mã này là chuyển 500.000 đồng tới tài khoản 0123456789, Vietcombank, nội dung “dat coc”."
        )
        assert [account.number for account in verdict.accounts] == ["0123456789"]

    @given(st.text(max_size=120) | st.text("0123456789", max_size=60).map("000201".__add__))
    def test_any_content_is_told_apart(self, content: str) -> None:
        assert code(content).kind in CodeKind


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", Why.EMPTY),
            (b"\x89PNG\r\n\x1a\n" + bytes(15 * 10**6), Why.TOO_LARGE),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Why.NO_PICTURE),
            (b"%PDF-1.7\n", Why.NO_PICTURE),
            (b"MZ\x90\x00" + bytes(99), Why.NO_PICTURE),
            (b"II*\x00" + bytes(99), Why.NO_PICTURE),
            (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", Why.HEIC),
            (b"\xff\xd8\xff\xe0 and nothing more", Why.DAMAGED),
            (b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff\xff\x3f" * 2, Why.TOO_MANY_PIXELS),
            (b"\xff\xd8" + b"\xff\xda\0\2" * 200, Why.TOO_MANY_PIXELS),
            (saved(Image.new("L", (4, 90)), "PNG", optimize=True), Why.TOO_SMALL),
            (saved(Image.new("1", (70_000, 9)), "PNG"), Why.TOO_SMALL),
            (saved(Image.new("L", (640, 480)))[:-300], Why.DAMAGED),
        ],
    )
    def test_what_cannot_be_read_is_told_apart(self, data: bytes, why: Why) -> None:
        assert refusal(data) is why

    @pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP"])
    def test_a_hundred_megapixels_are_refused_by_the_header(self, kind: str) -> None:
        data = saved(Image.new("1" if kind != "GIF" else "P", (10_000, 10_000)), kind, optimize=False)
        assert refusal(data[:200]) is Why.TOO_MANY_PIXELS

    def test_without_the_reading_program_codes_are_read_and_the_lack_is_told(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tesseract.shutil, "which", lambda name: None)
        sheet = screenshot([(LURE, False)], width=720)
        sheet.paste(a_code("https://vidu.com", 4), (300, 20))
        read = pictures.read(saved(sheet))
        assert (read.unread, len(read.codes)) == ((Why.NO_TESSERACT,), 1)

    @READS
    def test_reading_ends_when_the_time_is_over(self) -> None:
        assert pictures.read(saved(screenshot([(LURE, False)], width=360)), seconds=-1).unread == (Why.TIMEOUT,)

    @pytest.mark.parametrize(("absent", "said"), [("PIL", "Pillow"), ("zxingcpp", "zxing-cpp")])
    def test_the_engine_runs_without_what_only_pictures_need(self, absent: str, said: str) -> None:
        code = f"""
import sys; sys.modules[{absent!r}] = None
from lachan.engine import scams
from lachan.engine.scams import pictures
scams.check("Tối nay ăn gì")
try: print(*(why.sentence for why in pictures.read(bytes.fromhex({saved(Image.new("L", (9, 9))).hex()!r})).unread))
except pictures.Unfit as refusal: print(refusal)
"""
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert said in done.stdout


class TestFormats:
    @pytest.mark.parametrize(
        ("mode", "kind"),
        [
            *(
                ("RGBA", "PNG"),
                ("LA", "PNG"),
                ("P", "PNG"),
                ("1", "PNG"),
                ("I;16", "PNG"),
                ("P", "GIF"),
                ("CMYK", "JPEG"),
            ),
            *(("RGBA", "WEBP"), ("RGB", "BMP")),
        ],
    )
    def test_pictures_of_every_mode_are_opened(self, mode: str, kind: str) -> None:
        picture = a_code("https://vidu.com")
        if mode == "I;16":
            picture = picture.convert("L").convert("I").point(lambda level: level * 257)
        assert codes(opened(saved(picture.convert(mode), kind, lossless=True)))

    def test_what_is_see_through_lies_on_white(self) -> None:
        assert opened(saved(Image.new("RGBA", (9, 9)), "PNG", optimize=True)).getpixel((4, 4)) == (255, 255, 255)

    def test_the_first_picture_of_a_moving_one_is_read(self) -> None:
        one = a_code("https://vidu.com").convert("P")
        data = saved(one, "GIF", save_all=True, append_images=[Image.new("P", one.size)] * 3)
        assert codes(opened(data))

    def test_a_picture_taken_sideways_is_stood_upright(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6
        assert opened(saved(Image.new("RGB", (64, 48)), "JPEG", exif=exif)).size == (48, 64)

    @pytest.mark.parametrize("form", ["PNG", "JPEG"])
    @pytest.mark.parametrize("size", [(65_000, 40), (40, 65_000)])
    def test_a_very_long_picture_is_made_as_short_as_readers_take(self, size: tuple[int, int], form: str) -> None:
        picture = opened(saved(Image.new("L", size, 255), form))
        assert max(picture.size) == 30_000
        assert codes(picture) == []

    def test_a_large_picture_is_made_smaller_for_reading(self) -> None:
        picture = opened(saved(Image.new("L", (7_000, 5_000))))
        assert picture.width * picture.height <= 8_100_000


SAMPLES = [
    saved(Image.new("RGB", (24, 18), "teal"), kind, optimize=False) for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP")
]


@given(st.sampled_from(SAMPLES), st.data())
def test_a_damaged_picture_is_opened_or_refused_but_never_a_fault(sample: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(sample) - 1))
    damaged = sample[:place] + data.draw(st.binary(max_size=8)) + sample[place + data.draw(st.integers(0, 8)) :]
    with suppress(Unfit):
        opened(damaged)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_a_sentence(data: bytes) -> None:
    with suppress(Unfit):
        pictures.read(data)


@settings(max_examples=5)
@given(st.integers(2, 16), st.integers(2, 16), st.data())
def test_any_pixels_are_read(across: int, down: int, data: st.DataObject) -> None:
    noise = data.draw(st.binary(min_size=across * down * 3, max_size=across * down * 3))
    with suppress(Unfit):
        pictures.read(
            saved(Image.frombytes("RGB", (across, down), noise).resize((across * 9, down * 9)), "PNG", optimize=False)
        )
