"""Screenshots of chats, drawn here: status bar, name of the sender, stamps, bubbles in the colours of the usual apps."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONT = Path(__file__).parents[3] / "src/lachan/engine/layout/fonts/Tinos-Regular.ttf"
Colour = str | tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """The colours of an app: the ground, a message from them (bubble and words), a message of ours, what stands around."""

    ground: str
    theirs: tuple[str, str]
    ours: tuple[str, str]
    around: str
    head: tuple[str, str]
    fade: str = ""  # the colour into which the bubbles of ours run over
    outlined: bool = False


STYLES = {
    "sms_light": Style("#ffffff", ("#e9e9eb", "#000000"), ("#34c759", "#ffffff"), "#8e8e93", ("#f6f6f6", "#000000")),
    "sms_dark": Style("#000000", ("#26252a", "#ffffff"), ("#30d158", "#ffffff"), "#8d8d93", ("#111111", "#ffffff")),
    "android_light": Style(
        "#fdfcff", ("#e8e7ef", "#1b1b1f"), ("#d3e3fd", "#041e49"), "#5f6368", ("#fdfcff", "#1b1b1f")
    ),
    "zalo_light": Style("#e2e9f1", ("#ffffff", "#081c36"), ("#d5f1ff", "#081c36"), "#ffffff", ("#0091ff", "#ffffff")),
    "zalo_blue": Style("#ffffff", ("#eef0f1", "#081b3a"), ("#0068ff", "#ffffff"), "#7589a3", ("#0068ff", "#ffffff")),
    "zalo_dark": Style("#0d0d0d", ("#24282c", "#e1e3e6"), ("#12447e", "#f3f5f6"), "#aeb4bc", ("#16191d", "#e1e3e6")),
    "messenger": Style(
        "#ffffff", ("#f0f0f0", "#050505"), ("#0a7cff", "#ffffff"), "#65676b", ("#ffffff", "#050505"), fade="#a033ff"
    ),
    "telegram_dark": Style(
        "#0e1621", ("#182533", "#f5f5f5"), ("#2b5278", "#ffffff"), "#6d7f8f", ("#17212b", "#f5f5f5")
    ),
    "whatsapp": Style("#efeae2", ("#ffffff", "#111b21"), ("#d9fdd3", "#111b21"), "#54656f", ("#008069", "#ffffff")),
    "outlined": Style(
        "#ffffff", ("#ffffff", "#202124"), ("#ffffff", "#202124"), "#80868b", ("#ffffff", "#202124"), outlined=True
    ),
}


def screenshot(
    messages: Sequence[tuple[str, bool]],
    style: Style = STYLES["sms_light"],
    *,
    width: int = 1080,
    font: Path = FONT,
    sender: str = "Người lạ",
    size: float = 0.041,
) -> Image.Image:
    """A chat: each message with whether it is ours. `size`: the letters, as a part of the width."""
    words = ImageFont.truetype(str(font), round(width * size))
    small = ImageFont.truetype(str(font), round(width * size * 0.75))
    unit = width / 360
    blocks = [(_wrapped(text, words, round(width * 0.68)), ours) for text, ours in messages]
    line = round(width * size * 1.32)
    said = round(unit * 170) + sum(len(lines) * line + round(unit * 30) for lines, _ in blocks)
    height = max(said, round(width * 1.8))
    picture = Image.new("RGB", (width, height), style.ground)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width, unit * 70), fill=style.head[0])
    draw.text((unit * 14, unit * 5), "10:32", fill=style.head[1], font=small)
    draw.text((width - unit * 70, unit * 5), "4G  87%", fill=style.head[1], font=small)
    draw.text((unit * 50, unit * 32), sender, fill=style.head[1], font=words)
    draw.text((width // 2, unit * 88), "Hôm nay 10:32", fill=style.around, font=small, anchor="mm")
    y = unit * 105
    for lines, ours in blocks:
        y = _bubble(picture, lines, ours=ours, y=y, style=style, font=words) + unit * 10
    y = max(y, height - unit * 60)
    draw.rounded_rectangle(
        (unit * 14, y + unit * 10, width - unit * 60, y + unit * 42), unit * 16, outline=style.around
    )
    draw.text((unit * 26, y + unit * 26), "Tin nhắn", fill=style.around, font=words, anchor="lm")
    return picture


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            rest = word
            while font.getlength(rest) > width:  # a link is broken where the bubble ends
                if line:
                    lines.append(line)
                    line = ""
                fits = max(n for n in range(1, len(rest) + 1) if font.getlength(rest[:n]) <= width)
                lines.append(rest[:fits])
                rest = rest[fits:]
            if line and font.getlength(f"{line} {rest}") > width:
                lines.append(line)
                line = rest
            else:
                line = f"{line} {rest}".strip()
        lines.append(line)
    return lines


def _bubble(
    picture: Image.Image, lines: list[str], *, ours: bool, y: float, style: Style, font: ImageFont.FreeTypeFont
) -> float:
    unit = picture.width / 360
    step = round(font.size * 1.32)
    wide = max(font.getlength(line) for line in lines) + unit * 24
    tall = step * len(lines) + unit * 16
    left = picture.width - unit * 12 - wide if ours else unit * 44
    ground, ink = style.ours if ours else style.theirs
    place = (round(left), round(y), round(left + wide), round(y + tall))
    draw = ImageDraw.Draw(picture)
    if style.fade and ours:
        shape = Image.new("L", picture.size, 0)
        ImageDraw.Draw(shape).rounded_rectangle(place, unit * 16, fill=255)
        run = Image.linear_gradient("L").resize(picture.size)
        colours = Image.composite(
            Image.new("RGB", picture.size, style.fade), Image.new("RGB", picture.size, ground), run
        )
        picture.paste(colours, mask=shape)
    else:
        draw.rounded_rectangle(place, unit * 16, fill=ground, outline=style.around if style.outlined else None)
    for number, line in enumerate(lines):
        draw.text((left + unit * 12, y + unit * 8 + number * step), line, fill=ink, font=font)
    return y + tall


def a_code(content: str, size: int = 6) -> Image.Image:
    """A QR code; `size`: pixels of a module."""
    made = qrcode.QRCode(box_size=size, border=4)
    made.add_data(content)
    return made.make_image().get_image().convert("RGB")


def saved(picture: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    """As a file; a JPEG of the quality in which chats send pictures on."""
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 60} if kind == "JPEG" and not more else more))
    return out.getvalue()


def photographed(picture: Image.Image, degrees: float = 1.0) -> Image.Image:
    """The screen as another phone takes it: a little turned, not sharp, one side darker."""
    turned = picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="#303030")
    shade = Image.linear_gradient("L").rotate(90).resize(turned.size).point(lambda level: 150 + level * 105 // 255)
    dark = Image.composite(turned, Image.new("RGB", turned.size, "black"), shade)
    return dark.filter(ImageFilter.GaussianBlur(picture.width / 1080))
