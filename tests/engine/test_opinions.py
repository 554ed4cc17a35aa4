"""Points of many units gathered into themes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.opinions import Said, alike, gather, place, points, says_nothing

SAME = [
    ("Đề nghị cấp kinh phí cho Tổ công nghệ số cộng đồng.", "đề nghị cấp kinh phí cho tổ công nghệ số cộng đồng"),
    ("Đề nghị cấp kinh phí cho Tổ công nghệ số cộng đồng", "Đề nghị cấp thêm kinh phí cho Tổ công nghệ số cộng đồng"),
    ("De nghi cap kinh phi cho To cong nghe so cong dong", "Đề nghị cấp kinh phí cho Tổ công nghệ số cộng đồng"),
    ("Loa truyền thanh tại nhiều thôn đã hỏng", "Loa truyền thanh tại nhiều thôn đã bị hỏng"),
    ("Thiếu tài liệu tuyên truyền bằng tiếng dân tộc.", "Thiếu tài liệu tuyên truyền bằng tiếng dân tộc thiểu số"),
]
DIFFERENT = [
    ("Đề nghị tăng thời lượng phát thanh buổi sáng", "Đề nghị giảm thời lượng phát thanh buổi sáng"),
    ("Hỗ trợ mỗi tổ 5 triệu đồng một năm", "Hỗ trợ mỗi tổ 50 triệu đồng một năm"),
    ("Người dân đã nắm được thông tin", "Người dân chưa nắm được thông tin"),
    ("Đề nghị cấp kinh phí in tờ rơi", "Đề nghị cấp máy tính cho xã"),
    ("Đề nghị tỉnh hỗ trợ loa truyền thanh", "Đề nghị tỉnh hỗ trợ tờ rơi cho người cao tuổi"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_nearly_the_same_words_say_the_same(one: str, other: str) -> None:
    assert alike(one, other)
    assert len(gather([Said(1, one), Said(2, other)])) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_a_number_or_a_word_that_turns_the_meaning_keeps_points_apart(one: str, other: str) -> None:
    assert not alike(one, other)
    assert len(gather([Said(1, one), Said(2, other)])) == 2


def test_a_list_is_split_into_its_items_each_with_the_words_that_lead_it() -> None:
    text = "Đề nghị UBND tỉnh:\n- Cấp kinh phí cho các tổ;\n- Tập huấn cho cán bộ xã,\n  mỗi năm hai lần.\nThiếu loa."
    assert points(text) == [
        "Đề nghị UBND tỉnh: Cấp kinh phí cho các tổ",
        "Đề nghị UBND tỉnh: Tập huấn cho cán bộ xã, mỗi năm hai lần.",
        "Thiếu loa.",
    ]


@pytest.mark.parametrize("text", ["Không có.", "không", "KHÔNG CÓ Ý KIẾN", " - Không có kiến nghị, đề xuất ", "", "…"])
def test_nothing_said_is_no_point(text: str) -> None:
    assert points(text) == []


@pytest.mark.parametrize("text", ["Không có loa ở thôn 3", "Không khó khăn về kinh phí nhưng thiếu người"])
def test_a_sentence_that_begins_with_no_is_a_point(text: str) -> None:
    assert not says_nothing(text)


def test_the_theme_of_most_sources_comes_first_under_the_words_most_use() -> None:
    texts = ["Thiếu người.", "loa hỏng nhiều nơi", "Loa hỏng nhiều nơi.", "Loa đã hỏng nhiều nơi"]
    said = [Said(n, text) for n, text in enumerate(texts, start=1)]
    first, second = gather(said)
    assert first.text == "Loa hỏng nhiều nơi."
    assert {one.source for one in first.said} == {2, 3, 4}
    assert second.text == "Thiếu người."


def test_a_new_point_joins_the_theme_a_person_kept_by_any_of_its_wordings() -> None:
    kept = {"a": ["Loa hỏng nhiều nơi", "Hệ thống truyền thanh xuống cấp"], "b": ["Thiếu người làm công nghệ"]}
    placed, new = place([Said(9, "hệ thống truyền thanh đã xuống cấp"), Said(8, "Cần thêm tờ rơi")], kept)
    assert placed == {Said(9, "hệ thống truyền thanh đã xuống cấp"): "a"}
    assert [theme.text for theme in new] == ["Cần thêm tờ rơi"]


VOCABULARY = [
    "loa",
    "hỏng",
    "nhiều",
    "nơi",
    "thiếu",
    "người",
    "đề",
    "nghị",
    "tăng",
    "giảm",
    "kinh",
    "phí",
    "5",
    "10",
    "không",
]
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=7)
ANSWERS = st.lists(WORDS.map(" ".join), max_size=12).map(lambda texts: [Said(n, text) for n, text in enumerate(texts)])


@given(ANSWERS, st.randoms())
def test_every_point_stands_in_exactly_one_theme_whatever_the_order(said: list[Said], dice: object) -> None:
    themes = gather(said)
    assert sorted(one.source for theme in themes for one in theme.said) == [one.source for one in said]  # type: ignore[type-var]
    shuffled = list(said)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {frozenset(theme.said) for theme in gather(shuffled)} == {frozenset(theme.said) for theme in themes}
    assert [theme.text for theme in gather(shuffled)] == [theme.text for theme in themes]


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_being_alike_is_mutual(one: str, other: str) -> None:
    assert alike(one, one)
    assert alike(one, other) == alike(other, one)


@given(st.text(max_size=300))
def test_any_text_is_split_without_losing_a_letter_or_is_nothing(text: str) -> None:
    letters = {c for point in points(text) for c in point if c.isalnum()}
    assert letters <= {c for c in text if c.isalnum()}


@given(ANSWERS)
def test_points_of_kept_themes_never_go_to_a_new_one_when_their_words_are_known(said: list[Said]) -> None:
    kept = {n: [theme.text] for n, theme in enumerate(gather(said))}
    _placed, new = place([Said("later", theme) for texts in kept.values() for theme in texts], kept)
    assert new == []
