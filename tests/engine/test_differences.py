"""Two texts compared word by word."""

from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.differences import Piece, Was, by_word

texts = st.text(alphabet="ab ,.\nếĐ", max_size=30)


def joined(pieces: list[Piece], *kinds: Was) -> str:
    return "".join(piece.text for piece in pieces if piece.was in kinds)


@given(texts, texts)
def test_the_pieces_make_both_texts(before: str, after: str) -> None:
    pieces = by_word(before, after)
    assert joined(pieces, Was.KEPT, Was.LEFT_OUT) == before
    assert joined(pieces, Was.KEPT, Was.ADDED) == after


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {piece.was for piece in by_word(text, text)} <= {Was.KEPT}


def test_whole_words_change() -> None:
    assert by_word("Loa thôn 3 hỏng.", "Loa thôn 4 hỏng.") == [
        Piece("Loa thôn ", Was.KEPT),
        Piece("3", Was.LEFT_OUT),
        Piece("4", Was.ADDED),
        Piece(" hỏng.", Was.KEPT),
    ]
