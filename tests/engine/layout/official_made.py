"""Official documents made at random, from the words of the genre and from text that tries to break out of it."""

from hypothesis import strategies as st

from lachan.engine.layout import (
    Annex,
    Column,
    DocumentDate,
    GroupRow,
    Heading,
    Level,
    ListItem,
    OfficialDocument,
    Paragraph,
    Row,
    Signer,
    Span,
    Table,
    Urgency,
)

_SAID = (
    "Sở Công Thương tỉnh Lam Sơn và phòng, chống lừa đảo trực tuyến người dân báo cáo kết quả tuyên truyền 1.250 lượt "
    "12,5 % (để b/c) “cao điểm” A&B <w:p> #let *đậm* $x$ \\u{41} =1+1 @nhãn https://example.vn/đường-dẫn?a=1&b=2 🛡 ỹ"
)
_WORDS = st.sampled_from(_SAID.split(" "))
_NAMES = st.lists(_WORDS.filter(str.isalpha), min_size=1, max_size=14).map(lambda words: "Cục " + " ".join(words))
_LONG = st.sampled_from(("x" * 90, "Siêudàikhôngcáchchữ" * 6))
_SENTENCES = st.lists(st.one_of(_WORDS, _WORDS, _WORDS, _LONG), min_size=1, max_size=30).map(
    lambda w: "Nội dung " + " ".join(w)
)
_DIRTY = _SENTENCES.map(lambda text: text.replace(" ", "\r\n\x00\u202e ", 1))
_CELLS = st.one_of(st.none(), st.integers(-9, 10**9), st.decimals(0, 100, places=2), _SENTENCES.map(lambda t: t[:40]))
_SPANS = st.lists(st.builds(Span, _SENTENCES, st.booleans()), min_size=1, max_size=3).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of one to nine columns, some grouped, with any cells."""
    groups = st.sampled_from(((), ("Trực tiếp",), ("Trực tuyến",), ("Trực tuyến", "Mạng xã hội")))
    kinds = st.sampled_from(("text", "number", "index"))
    columns = tuple(draw(st.lists(st.builds(Column, _WORDS, kinds, groups), min_size=1, max_size=9)))
    row = st.builds(Row, st.tuples(*[_CELLS] * len(columns)), st.booleans())
    rows = tuple(draw(st.lists(st.one_of(row, row, st.builds(GroupRow, _SENTENCES)), max_size=6)))
    total = draw(st.none() | row)
    return Table(
        columns,
        rows,
        caption=draw(st.just("") | _SENTENCES),
        unit_note=draw(st.sampled_from(("", "Đơn vị: lượt"))),
        total=total,
    )


_BLOCKS = st.lists(
    st.one_of(
        st.builds(Paragraph, st.one_of(_SENTENCES, _DIRTY, _SPANS)),
        st.builds(Heading, _SENTENCES, st.sampled_from(("", "I", "2", "1.2", "a")), st.sampled_from(list(Level))),
        st.builds(ListItem, _SENTENCES, st.sampled_from(("-", "+", "1."))),
        tables(),
    ),
    min_size=1,
    max_size=8,
).map(tuple)
_DATES = st.builds(
    DocumentDate, st.integers(2020, 2035), st.none() | st.integers(1, 12), st.none() | st.integers(1, 28)
)
_SIGNERS = st.builds(
    Signer,
    position=st.sampled_from(("Giám đốc", "Phó Chủ tịch", "Phó Trưởng ban Thường trực Ban Chỉ đạo")),
    name=st.sampled_from(("", "Nguyễn Văn Bình", "Lê Thị Hoài Thương")),
    authority=st.sampled_from(((), ("TM. Ủy ban nhân dân",), ("TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN"))),
)
_ANNEXES = st.lists(st.builds(Annex, _NAMES, _BLOCKS, st.booleans(), st.booleans()), max_size=3).map(tuple)

documents = st.builds(
    OfficialDocument,
    agency=_NAMES,
    parent=st.just("") | _NAMES.map(lambda name: name.replace("Cục", "Bộ", 1)),
    symbol=st.sampled_from(("UBND-VX", "BC-SKHCN", "STTTT-CNTT&TT", "QĐ-UBND")),
    number=st.none() | st.integers(1, 12_000),
    place=st.sampled_from(("Lam Sơn", "Thành phố Hồ Chí Minh")),
    date=_DATES,
    doc_type=st.sampled_from(("", "Báo cáo", "Kế hoạch", "Quyết định")),
    abstract=_SENTENCES.map(lambda text: text[:200]),
    body=_BLOCKS,
    signer=_SIGNERS,
    urgency=st.sampled_from(list(Urgency)),
    addressees=st.lists(_NAMES, min_size=1, max_size=5).map(tuple),
    legal_bases=st.lists(_SENTENCES.map("Căn cứ {}".format), max_size=3).map(tuple),
    copies=st.lists(_NAMES, max_size=5).map(tuple),
    filing=st.sampled_from(("", "CĐS", "VX (02)")),
    annexes=_ANNEXES,
    contact=st.sampled_from(((), ("Địa chỉ: số 1 đường Lê Lợi",))),
)
