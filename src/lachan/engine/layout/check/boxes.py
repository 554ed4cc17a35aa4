"""Asserting the table of Decree 30/2020, Appendix I, part I, box by box."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from lachan.engine.layout.check.faults import Fault, number, shown, span
from lachan.engine.layout.check.parts import AnnexPart, Parts
from lachan.engine.layout.check.reading import Read, Section
from lachan.engine.layout.measure import width
from lachan.engine.layout.rules import Rules, Style
from lachan.engine.layout.words import MOTTO, NATIONAL_NAME, roman
from lachan.engine.vietnamese import fold

_MM = 0.5  # slack for rounding in twentieths of a point and in Word's own dialogs
_ALIGNED = {"left": "canh trái", "right": "canh phải", "center": "canh giữa", "both": "canh đều hai lề"}
_NUMBER_FORM = re.compile(r"^Số:\s*(\d{2,}|[…._\s]*)/[A-ZĐ0-9][\w&]*(-[\w&]+)*$")
_DATE_FORM = re.compile(
    r"^.+, ngày\s*(0[1-9]|[12]\d|3[01]|[…._\s]*)\s*tháng\s*(0[12]|[3-9]|1[0-2]|[…._\s]*)\s*năm\s*\d{4}$"
)
_LEARNED = re.compile(r"^(GS|PGS|TS|ThS|BS|KS|CN|Ts|Ths|Giáo sư|Tiến sĩ|Thạc sĩ|Kỹ sư)\b")
_RED = frozenset(("FF0000", "C00000", "EE0000", "ED1C24"))
Faults = Iterator[Fault]


def looks(style: Style, lines: Iterable[Read], *, upright: bool = True) -> Faults:
    """Compare the letters of each line with a style: size, weight, slant, capitals, centring. One fault for each."""
    seen: set[str] = set()
    for line in lines:
        for kind, expected, found in _differences(style, line, upright=upright):
            if kind not in seen:
                seen.add(kind)
                yield Fault(style.name, expected, f"{found} ở dòng {shown(line.text)}", style.item)


def _differences(style: Style, line: Read, *, upright: bool) -> Iterator[tuple[str, str, str]]:
    wrong = [size for size in sorted(line.sizes) if not style.least <= size <= style.most]
    if wrong:
        yield "size", f"cỡ chữ {span(style.least, style.most, 'pt')}", f"cỡ {number(wrong[0])} pt"
    if style.bold and not line.bold:
        yield "bold", "chữ đậm", "chữ không đậm"
    if not style.bold and upright and line.bold:
        yield "bold", "chữ không đậm", "chữ đậm"
    if style.italic and not line.italic:
        yield "italic", "chữ nghiêng", "chữ đứng"
    if not style.italic and upright and line.italic:
        yield "italic", "chữ đứng", "chữ nghiêng"
    if style.upper and not line.upper:
        yield "case", "chữ in hoa", "chữ in thường"
    if style.align == "center" and line.align != "center":
        yield "align", "canh giữa", _ALIGNED.get(line.align, line.align)


def _rule(style: Style, lines: tuple[Read, ...], rule: Read | None, least: float, most: float) -> Faults:
    """The rule under a line must be there, and as long as the decree asks of the line's last row of letters."""
    if not lines:
        return
    wanted = (
        "đường kẻ ngang bên dưới dài bằng dòng chữ"
        if least > 0.6
        else "đường kẻ ngang bên dưới dài 1/3 đến 1/2 dòng chữ"
    )
    if rule is None or rule.stroke is None:
        yield Fault(style.name, wanted, "không có đường kẻ", style.item)
        return
    last = lines[-1]
    letters = sum(width(run.text, run.size, bold=run.bold, italic=run.italic) for run in last.runs)
    if rule.stroke and letters and not least - 0.03 <= rule.stroke / letters <= most + 0.03:
        found = f"đường kẻ dài bằng {number(rule.stroke / letters * 100)} % dòng chữ"
        yield Fault(style.name, wanted, found, style.item)


def head(parts: Parts, rules: Rules) -> Faults:
    """Check boxes 1 to 4: national name and motto, names of agencies, number, place and date."""
    style = rules.styles
    yield from _fixed(style["national_name"], parts.nation, NATIONAL_NAME)
    yield from _fixed(style["motto"], parts.motto, MOTTO)
    if parts.motto:
        yield from _rule(style["motto"], (parts.motto,), parts.motto_rule, 0.9, 1.1)
    if not parts.agency:
        yield Fault(
            style["agency"].name,
            "tên cơ quan ban hành in hoa, đậm, phía trên số ký hiệu",
            "không thấy",
            style["agency"].item,
        )
    yield from looks(style["parent"], parts.parent)
    yield from looks(style["agency"], parts.agency)
    share = rules.rule_share
    yield from _rule(style["agency"], parts.agency, parts.agency_rule, share.least, share.most)
    yield from _number_and_date(parts, rules)


def _fixed(style: Style, line: Read | None, wanted: str) -> Faults:
    if line is None:
        yield Fault(style.name, f"dòng {shown(wanted)}", "không thấy", style.item)
        return
    if fold(line.text) != fold(wanted) or "".join(c for c in line.text if not c.isalpha()) != "".join(
        c for c in wanted if not c.isalpha()
    ):
        yield Fault(style.name, f"dòng {shown(wanted)}", shown(line.text), style.item)
    yield from looks(style, (line,))


def _number_and_date(parts: Parts, rules: Rules) -> Faults:
    style = rules.styles["number"]
    if parts.number is None:
        yield Fault(style.name, "dòng “Số: …/…” dưới tên cơ quan ban hành", "không thấy", style.item)
    else:
        yield from looks(style, (parts.number,))
        if not _NUMBER_FORM.match(parts.number.text):
            form = "dạng “Số: 05/UBND-VX”, không cách chữ, số dưới 10 có số 0 phía trước"
            yield Fault(style.name, form, shown(parts.number.text), style.item)
    style = rules.styles["date"]
    if parts.date is None:
        yield Fault(style.name, "dòng “Địa danh, ngày … tháng … năm …”", "không thấy", style.item)
        return
    yield from looks(style, (parts.date,))
    if not _DATE_FORM.match(parts.date.text):
        form = "dạng “Hà Nội, ngày 05 tháng 01 năm 2026”, ngày dưới 10 và tháng 1, 2 có số 0 phía trước"
        yield Fault(style.name, form, shown(parts.date.text), style.item)
    here, there = parts.date.place, parts.number.place if parts.number else None
    if here and there and (here.table, here.row) != (there.table, there.row):
        yield Fault(style.name, "cùng dòng với số, ký hiệu", "ở dòng khác", style.item)


def title(parts: Parts, rules: Rules) -> Faults:
    """Check boxes 5a and 5b: the type and abstract, or "V/v"; and the mark of urgency."""
    style = rules.styles
    if parts.doc_type is None and not parts.subject:
        name = "Tên loại hoặc trích yếu"
        yield Fault(name, "tên loại văn bản, hoặc “V/v …” dưới số ký hiệu của công văn", "không thấy", "II.5.b")
    if parts.subject:
        yield from looks(style["subject"], parts.subject)
        gap = parts.subject[0].before + (parts.number.after if parts.number else 0)
        if abs(gap - 6) > 0.5:
            yield Fault(style["subject"].name, "cách số, ký hiệu 6 pt", f"cách {number(gap)} pt", style["subject"].item)
    if parts.doc_type:
        yield from looks(style["doc_type"], (parts.doc_type,))
        yield from looks(style["abstract"], parts.abstract)
        share = rules.rule_share
        yield from _rule(style["abstract"], parts.abstract, parts.abstract_rule, share.least, share.most)
    if parts.urgency:
        yield from looks(style["urgency"], (parts.urgency,))
        if not all(run.colour in _RED for run in parts.urgency.runs if run.text.strip()):
            yield Fault(
                style["urgency"].name, "chữ màu đỏ tươi trong khung viền đơn", "màu khác", style["urgency"].item
            )


def addressees(parts: Parts, rules: Rules) -> Faults:
    """Check box 9a: one addressee on the line of "Kính gửi", several below it, dashes under the colon."""
    line, style = parts.addressee, rules.styles["addressee"]
    if line is None:
        if parts.doc_type is None and parts.subject:
            yield Fault(style.name, "dòng “Kính gửi: …” trong công văn", "không thấy", style.item)
        return
    yield from looks(style, (line, *parts.addressees))
    if not re.match(r"^Kính gửi\s?:", line.text):
        yield Fault(style.name, "“Kính gửi:”, sau có dấu hai chấm", shown(line.text), style.item)
    names = parts.addressees
    if len(names) == 1:
        yield Fault(
            style.name, "một nơi gửi đặt cùng dòng với “Kính gửi:”", f"xuống dòng {shown(names[0].text)}", style.item
        )
    yield from _ends(style, names)
    colon = line.left + line.first + width("Kính gửi", max(line.sizes, default=14))
    for name in names:
        start = name.left + name.first
        if name.align in ("left", "both") and line.align in ("left", "both") and abs(start - colon) > 3:
            found = f"lệch {number(abs(start - colon))} mm"
            yield Fault(style.name, "gạch đầu dòng thẳng dưới dấu hai chấm của “Kính gửi:”", found, style.item)
            return


def _ends(style: Style, lines: tuple[Read, ...]) -> Faults:
    """In a list each item ends with ";" and the last with "."."""
    whole = _joined(lines)
    for at, text in enumerate(whole):
        mark = "." if at == len(whole) - 1 else ";"
        if not text.endswith(mark):
            yield Fault(style.name, f"dấu “{mark}” ở cuối dòng", shown(text), style.item)
            return


def _joined(lines: tuple[Read, ...]) -> list[str]:
    """Join the lines of one paragraph."""
    texts: dict[int, str] = {}
    for line in lines:
        texts[line.paragraph] = f"{texts.get(line.paragraph, '')} {line.text}".strip()
    return [text for text in texts.values() if text]


def body(parts: Parts, rules: Rules) -> Faults:
    """Check box 6: legal bases and text."""
    yield from looks(rules.styles["basis"], parts.bases)
    yield from _ends(rules.styles["basis"], parts.bases)
    style, measures = rules.styles["body"], rules.raw["body"]
    plain = [line for line in parts.body if line.align != "center"]
    text = [line for line in plain if not _beside_table(parts, line)]
    if not parts.body and not any(line.place and line.place.ruled for line in parts.document.lines):
        yield Fault(style.name, "phần nội dung", "không thấy", style.item)
    yield from (fault for fault in looks(style, text, upright=False))
    yield from _once(
        style, (x for x in text if x.align != "both"), "canh đều hai lề", lambda x: _ALIGNED.get(x.align, x.align)
    )
    yield from _once(style, (x for x in text if x.italic), "chữ đứng", lambda x: "chữ nghiêng")
    indents = measures["first_indent"]["allowed"]
    yield from _once(
        style,
        (x for x in text if not any(abs(x.left + x.first - mm) <= _MM for mm in indents)),
        "lùi đầu dòng 1 cm hoặc 1,27 cm",
        lambda x: f"lùi {number((x.left + x.first) / 10)} cm",
    )
    line = measures["line"]
    yield from _once(
        style,
        (x for x in text if x.line and not line["min"] - 0.01 <= x.line <= line["max"] + 0.01),
        "khoảng cách dòng từ đơn đến 1,5",
        lambda x: f"{number(x.line)} dòng",
    )
    least = measures["gap_pt"]["min"]
    yield from _once(
        style,
        (b for a, b in pairwise(text) if b.paragraph == a.paragraph + 1 and a.after + b.before < least - 0.01),
        "khoảng cách đoạn tối thiểu 6 pt",
        lambda x: "khoảng cách nhỏ hơn",
    )


def _once(style: Style, lines: Iterable[Read], expected: str, found: object) -> Faults:
    """Give one fault for the first line that is wrong, saying how many are."""
    wrong = list(lines)
    if wrong:
        said = found(wrong[0]) if callable(found) else str(found)
        more = f" và {len(wrong) - 1} đoạn khác" if len(wrong) > 1 else ""
        yield Fault(style.name, expected, f"{said} ở đoạn {shown(wrong[0].text)}{more}", style.item)


def _beside_table(parts: Parts, line: Read) -> bool:
    """Whether a line belongs to a table: its caption, its unit of measure, its note."""
    lines = parts.document.lines
    at = lines.index(line)
    near = lines[max(at - 1, 0) : at + 2]
    return any(other.place and other.place.ruled for other in near) or line.align == "right"


def foot(parts: Parts, rules: Rules) -> Faults:
    """Check boxes 7 and 9b: the signer, and "Nơi nhận" level with the signer."""
    style = rules.styles
    if not parts.rank:
        name = style["signer"].name
        yield Fault(
            name, "quyền hạn, chức vụ in hoa, đậm, ngang hàng với “Nơi nhận”", "không thấy", style["signer"].item
        )
    yield from looks(style["signer"], parts.rank)
    if parts.signer_name:
        yield from looks(style["signer_name"], (parts.signer_name,))
        if parts.signer_name.upper:
            yield Fault(style["signer_name"].name, "chữ in thường", "chữ in hoa", style["signer_name"].item)
        if _LEARNED.match(parts.signer_name.text):
            yield Fault(style["signer_name"].name, "không ghi học hàm, học vị", shown(parts.signer_name.text), "II.7.c")
    if parts.copies_head is None:
        yield Fault(style["copies_head"].name, "dòng “Nơi nhận:”", "không thấy", style["copies_head"].item)
        return
    yield from looks(style["copies_head"], (parts.copies_head,))
    if parts.copies_head.text != "Nơi nhận:":
        yield Fault(style["copies_head"].name, "“Nơi nhận:”", shown(parts.copies_head.text), style["copies_head"].item)
    yield from looks(style["copies"], parts.copies)
    yield from _copies(parts, rules)


def _copies(parts: Parts, rules: Rules) -> Faults:
    style = rules.styles["copies"]
    texts = _joined(parts.copies)
    yield from _ends(style, parts.copies)
    if not texts or not re.match(r"^[-–]\s*Lưu\s?:\s?VT\b", texts[-1]):
        yield Fault(style.name, "dòng cuối “- Lưu: VT, …”", shown(texts[-1]) if texts else "không thấy", style.item)
    if parts.addressee and texts and not fold(texts[0]).startswith(("- nhu tren", "– nhu tren", "-nhu tren")):
        yield Fault(style.name, "dòng đầu “- Như trên;”", shown(texts[0]), "II.9.b")
    if any(not text.startswith(("-", "–")) for text in texts):
        wrong = next(text for text in texts if not text.startswith(("-", "–")))
        yield Fault(style.name, "gạch đầu dòng", shown(wrong), style.item)


def annexes(parts: Parts, rules: Rules) -> Faults:
    """Check annexes: label, title, line of reference, numbering from 1 in a section of its own."""
    for at, annex in enumerate(parts.annexes, start=1):
        yield from _annex(annex, rules)
        wanted = f"Phụ lục {roman(at)}" if len(parts.annexes) > 1 else ""
        if wanted and annex.label.text != wanted:
            yield Fault(
                rules.styles["annex"].name, f"“{wanted}” (số La Mã, theo thứ tự)", shown(annex.label.text), "III.1.a"
            )
        sections = parts.document.sections
        section = sections[annex.label.section] if annex.label.section < len(sections) else None
        if section is None or annex.label.section == 0 or section.starts_at != 1:
            yield Fault(rules.styles["annex"].name, "số trang đánh riêng từ 1", "số trang chạy tiếp", "III.1.đ")


def _annex(annex: AnnexPart, rules: Rules) -> Faults:
    style = rules.styles
    yield from looks(style["annex"], (annex.label,))
    if annex.label.upper:
        yield Fault(style["annex"].name, "“Phụ lục” in thường", shown(annex.label.text), style["annex"].item)
    yield from looks(style["annex_title"], annex.title)
    yield from looks(style["annex_reference"], annex.reference)


def pages(parts: Parts, rules: Rules) -> Faults:
    """Check paper, margins, page numbers and font."""
    for section in parts.document.sections:
        yield from _paper(section, rules)
    first = parts.document.sections[0] if parts.document.sections else None
    if first and (first.number or parts.document.pages != 1):
        yield from _page_number(first, rules)
    if first:
        yield from looks(rules.styles["contact"], first.contact, upright=False)
    wrong = sorted({r.font for x in parts.document.lines for r in x.runs if r.text.strip() and r.font != rules.font})
    if wrong:
        yield Fault("Phông chữ", rules.font, ", ".join(wrong), rules.page["font_item"])


def _paper(section: Section, rules: Rules) -> Faults:
    page = rules.page
    short, long = sorted((section.width, section.height))
    if abs(short - page["width"]) > 1 or abs(long - page["height"]) > 1:
        found = f"{number(section.width)} mm × {number(section.height)} mm"
        yield Fault("Khổ giấy", "A4, 210 mm × 297 mm", found, page["paper_item"])
    names = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
    for side, bound in rules.margins.items():
        if not bound.holds(section.margins[side], _MM):
            expected = span(bound.least, bound.most, "mm")
            yield Fault(f"Lề {names[side]}", expected, f"{number(section.margins[side])} mm", page["margin_item"])


def _page_number(section: Section, rules: Rules) -> Faults:
    style = rules.styles["page_number"]
    if section.number is None:
        yield Fault(style.name, "số trang canh giữa trong lề trên", "không thấy", style.item)
        return
    if section.number_in_footer:
        yield Fault(style.name, "trong phần lề trên", "ở cuối trang", style.item)
    if section.number.align != "center":
        yield Fault(style.name, "canh giữa", _ALIGNED.get(section.number.align, section.number.align), style.item)
    sizes = {run.size for run in section.number.runs if run.page_field or run.text.strip()}
    if any(not style.least <= size <= style.most for size in sizes):
        found = f"cỡ {number(max(sizes))} pt"
        yield Fault(style.name, f"cỡ chữ {span(style.least, style.most, 'pt')}", found, style.item)
    if not section.hides_first:
        yield Fault(style.name, "không hiển thị ở trang thứ nhất", "có hiển thị", style.item)
