"""From an official document to its plan, by the order of boxes in Decree 30/2020, Appendix I, part I, IV."""

from collections.abc import Iterator
from dataclasses import replace

from lachan.engine.layout import words
from lachan.engine.layout.document import (
    Annex,
    Block,
    Circulation,
    Heading,
    Level,
    ListItem,
    OfficialDocument,
    Paragraph,
    Signer,
    Span,
    Table,
    Text,
    Urgency,
)
from lachan.engine.layout.measure import width, wrapped
from lachan.engine.layout.plan import Element, Gap, Line, Pair, Place, Sheet, Simple, Stamp, Stroke
from lachan.engine.layout.rules import PT_MM, Rules
from lachan.engine.layout.tables import grid

_OUTLINE = {Level.PART: 1, Level.SECTION: 1, Level.ARTICLE: 1, Level.CLAUSE: 2, Level.POINT: 3}
_HEADING_STYLE = {Level.SECTION: "section", Level.CLAUSE: "clause", Level.ARTICLE: "clause", Level.POINT: "point"}
_WORD_LINE = 1.149  # height of a single line of Times New Roman, in its size
_SIDE = 1.0  # mm kept free at each side of a centred name


def compose(document: OfficialDocument, rules: Rules) -> tuple[Sheet, ...]:
    """Lay out a document: one sheet for the letter, one for each annex."""
    room = rules.text_width()
    contact = tuple(Line("contact", (Span(words.clean(text)),)) for text in document.contact)
    main = Sheet(
        (
            _head(document, rules, room),
            *_title(document, rules, room),
            *_addressees(document, rules, room),
            *_bases(document),
            *_blocks(_ended(document.body), rules, room),
            Gap(2),
            _foot(document, rules, room),
        ),
        contact=contact,
    )
    several = len(document.annexes) > 1
    annexes = (
        _annex(document, annex, f"Phụ lục {words.roman(at)}" if several else "Phụ lục", rules)
        for at, annex in enumerate(document.annexes, start=1)
    )
    return (main, *annexes)


def _line(style: str, text: str) -> Line:
    return Line(style, (Span(words.clean(text)),))


def _name(style: str, text: str, rules: Rules, room: float) -> Line:
    """Set a centred line that may be long: capitals where the style asks, broken into lines of like length."""
    look = rules.styles[style]
    said = words.clean(text).upper() if look.upper else words.clean(text)
    return Line(style, (Span("\n".join(wrapped(said, look.size, room - 2 * _SIDE, bold=look.bold))),))


def _stroke(under: Line, rules: Rules, room: float, *, whole: bool = False) -> Stroke:
    """Rule under a line: as long as the line, or the share of its last line that the decree asks for."""
    look = rules.styles[under.style]
    length = width(under.runs[0].text.split("\n")[-1], look.size, bold=look.bold)
    return Stroke(min(length if whole else length * rules.rule_share.use, room), room)


def _head(document: OfficialDocument, rules: Rules, room: float) -> Pair:
    left = float(rules.raw["header"]["left_width"])
    right = room - left
    agencies = [document.agency, *(signer.agency for signer in document.also if signer.agency)]
    names: list[Simple] = [_name("agency", agency, rules, left) for agency in dict.fromkeys(agencies)]
    names.append(_stroke(_last_line(names), rules, left))
    if document.parent:
        names.insert(0, _name("parent", document.parent, rules, left))
    nation = _name("national_name", words.NATIONAL_NAME, rules, right)
    motto = _name("motto", words.MOTTO, rules, right)
    under: list[Simple] = []
    if not document.doc_type:
        under.append(_name("subject", words.subject_line(document), rules, left))
    under += _stamps(document, rules)
    when = _line("date", f"{document.place}, {words.date_words(document.date)}")
    number = _line("number", words.number_line(document))
    rows: list[tuple[tuple[Simple, ...], tuple[Simple, ...]]] = [
        (tuple(names), (nation, motto, _stroke(motto, rules, right, whole=True))),
        ((number,), (when,)),
    ]
    if under:
        rows.append((tuple(under), ()))
    return Pair(left, right, tuple(rows))


def _last_line(names: list[Simple]) -> Line:
    return next(name for name in reversed(names) if isinstance(name, Line))


def _stamps(document: OfficialDocument, rules: Rules) -> Iterator[Simple]:
    for kind, mark in (("urgency", document.urgency), ("circulation", document.circulation)):
        if mark not in (Urgency.NONE, Circulation.ANY):
            frame = rules.raw[kind][mark.value]
            yield Gap(3)
            yield Stamp(mark.value, frame["width"], frame["height"], rules.raw[kind]["colour"])


def _title(document: OfficialDocument, rules: Rules, room: float) -> Iterator[Element]:
    if not document.doc_type:
        return
    yield _name("doc_type", document.doc_type, rules, room)
    abstract = _name("abstract", document.abstract, rules, room - 20)
    yield abstract
    yield _stroke(abstract, rules, room)
    if document.authority:
        yield _name("authority", document.authority, rules, room)


def _addressees(document: OfficialDocument, rules: Rules, room: float) -> Iterator[Element]:
    """One addressee stands on the line of "Kính gửi"; several stand below, each after a dash under the colon."""
    look = rules.styles["addressee"]
    names = [words.clean(name).rstrip(" ;,.") for name in document.addressees]
    if len(names) == 1:
        text = f"Kính gửi: {names[0]}"
        left = max(rules.raw["body"]["first_indent"]["use"], (room - width(text, look.size)) / 2)
        yield from (Gap(3), Line("addressee", (Span(text),), left=left), Gap(3))
        return
    if not names:
        return
    colon = width("Kính gửi", look.size)
    dash = width("- ", look.size)
    longest = max(width(name, look.size) for name in names) + dash
    base = min(max((room - colon - longest) / 2, rules.raw["body"]["first_indent"]["use"]), 45.0)
    yield from (Gap(3), Line("addressee", (Span("Kính gửi:"),), left=base, keep=True))
    for name in words.listed(tuple(names)):
        yield Line("addressee", (Span(f"- {name}"),), left=base + colon + dash, first=-dash)
    yield Gap(3)


def _bases(document: OfficialDocument) -> Iterator[Element]:
    if document.legal_bases:
        for text in words.listed(document.legal_bases):
            yield _line("basis", text)
    if document.enacting:
        yield _line("authority", document.enacting.upper())


def _ended(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Close the body with "./." where it ends in words."""
    if not blocks:
        return blocks
    *front, last = blocks
    if isinstance(last, Paragraph):
        return (*front, Paragraph(words.closed(last.text)))
    if isinstance(last, ListItem):
        return (*front, ListItem(words.closed(last.text), last.mark))
    return blocks


def _blocks(blocks: tuple[Block, ...], rules: Rules, room: float) -> Iterator[Element]:
    for at, block in enumerate(blocks):
        last = at == len(blocks) - 1
        if isinstance(block, Paragraph):
            yield _text("body", block.text, keep=last)
        elif isinstance(block, ListItem):
            yield _text("body", block.text, lead=f"{words.clean(block.mark)} ", keep=last)
        elif isinstance(block, Heading):
            yield from _heading(block)
        else:
            yield from _table(block, rules, room)


def _text(style: str, text: Text, *, lead: str = "", keep: bool = False) -> Line:
    runs = words.spans(text)
    return Line(style, (Span(lead), *runs) if lead else runs, keep=keep)


def _heading(block: Heading) -> Iterator[Line]:
    text, number = words.clean(block.text), words.clean(block.number).rstrip(" .)")
    outline = _OUTLINE[block.level]
    if block.level is Level.PART:
        if number:
            yield Line("part", (Span(number),), keep=True, outline=outline)
        yield Line("part_title", (Span(text.upper()),), keep=True, outline=0 if number else outline)
        return
    if block.level is Level.SECTION:
        text = text.upper()
    if block.level is Level.ARTICLE:
        number = number if number.startswith("Điều") else f"Điều {number}"
    mark = ") " if block.level is Level.POINT else ". "
    said = f"{number}{mark}{text}" if number else text
    yield Line(_HEADING_STYLE[block.level], (Span(said.strip()),), keep=True, outline=outline)


def _table(block: Table, rules: Rules, room: float) -> Iterator[Element]:
    if block.caption:
        caption = _name("caption", block.caption, rules, room - 10)
        yield Line("caption", caption.runs, keep=True)
    if block.unit_note:
        yield Line("unit_note", (Span(words.clean(block.unit_note)),), keep=True)
    yield grid(block, room)
    note = words.clean(block.source_note)
    yield Line("table_note", (Span(note or " "),), first=0)


def _foot(document: OfficialDocument, rules: Rules, room: float) -> Pair:
    """Set "Nơi nhận" level with the signer; under them where several sign, two in a row and the first at the right."""
    copies: tuple[Simple, ...] = (
        _line("copies_head", "Nơi nhận:"),
        *(_line("copies", text) for text in words.copy_lines(document)),
    )
    if not document.also:
        left = room * 0.46
        return Pair(left, room - left, ((copies, _signers((document.signer,), rules, room - left)[0]),))
    half = room / 2
    signers = _signers(_as_joint(document), rules, half)
    rows = [((*signers[at + 1], Gap(4)) if signers[at + 1 :] else (), signers[at]) for at in range(0, len(signers), 2)]
    return Pair(half, half, (*rows, (copies, ())))


def _as_joint(document: OfficialDocument) -> tuple[Signer, ...]:
    """All who sign, each with their agency where there are several agencies."""
    joint = any(signer.agency for signer in document.also)
    host = replace(document.signer, agency=document.agency) if joint else document.signer
    return (host, *document.also)


def _signers(signers: tuple[Signer, ...], rules: Rules, room: float) -> list[tuple[Simple, ...]]:
    """Set rank, room for the signature and name of each; the names stand level."""
    ranks = [[_name("signer", text, rules, room) for text in _rank(signer) if text.strip()] for signer in signers]
    rows = [sum(line.runs[0].text.count("\n") + 1 for line in rank) for rank in ranks]
    height = float(rules.raw["signature"]["height"])
    line = rules.styles["signer"].size * PT_MM * _WORD_LINE
    return [
        (
            *rank,
            Place(f"signer-{at}", room, height + (max(rows) - own) * line),
            _name("signer_name", signer.name, rules, room),
        )
        for at, (signer, rank, own) in enumerate(zip(signers, ranks, rows, strict=True), start=1)
    ]


def _rank(signer: Signer) -> list[str]:
    """In a joint document the agency follows the first line, "KT. GIÁM ĐỐC SỞ …", unless that line names it already."""
    lines = [*signer.authority, *signer.position.split("\n")]
    if signer.agency and not lines[0].startswith("TM."):
        lines[0] = f"{lines[0]} {signer.agency}"
    return lines


def _annex(document: OfficialDocument, annex: Annex, label: str, rules: Rules) -> Sheet:
    room = rules.text_width(landscape=annex.landscape)
    top: list[Element] = [Line("annex", (Span(label),), keep=True, outline=1)]
    title = _name("annex_title", annex.title, rules, room - 20) if annex.title else None
    if title:
        top.append(Line("annex_title", title.runs, keep=True))
    if annex.reference:
        reference = _name("annex_reference", words.reference_line(document), rules, room - 20)
        top.append(Line("annex_reference", reference.runs, keep=True))
    top.append(_stroke(_line("annex", "Phụ lục XXX"), rules, room, whole=True))
    return Sheet((*top, *_blocks(annex.blocks, rules, room)), landscape=annex.landscape)
