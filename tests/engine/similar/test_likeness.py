import pytest

from lachan.engine.similar.likeness import Shape

TEXT = list(range(30))


def changed(text: list[int], places: range | tuple[int, ...]) -> list[int]:
    return [word + 1_000 if place in places else word for place, word in enumerate(text)]


@pytest.mark.parametrize(
    ("one", "other", "copies"),
    [
        (TEXT, changed(TEXT, range(2, 30, 4)), True),
        (TEXT, changed(TEXT, range(2, 30, 3)), False),
        (TEXT, changed(TEXT, range(10, 14)), True),
        (TEXT, changed(TEXT, range(10, 15)), False),
        (TEXT, TEXT + changed(TEXT, range(30))[:9], True),
        (TEXT, TEXT + changed(TEXT, range(30))[:10], False),
        (TEXT[:14], changed(TEXT[:14], (4, 9)), True),
        (TEXT[:14], changed(TEXT[:14], (4, 9)) + changed(TEXT, range(30))[:6], False),
        (TEXT[:3], TEXT[:3], True),
        (TEXT[:3], TEXT[:4], False),
    ],
    ids=[
        "a word in four is another", "a word in three is another", "four words in a row are others", "five words in a row",
        "nine words put behind", "ten words put behind", "two words are others", "two words are others and six put behind",
        "three words, the same", "three words and one more",
    ],
)  # fmt: skip
def test_copies_are_told_from_other_texts_in_the_same_frame(one, other, copies) -> None:
    assert (Shape(one).likeness(other) > 0, Shape(other).likeness(one) > 0) == (copies, copies)
