"""What people and swindlers type is read as the words that are meant, each in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.scams.characters import plain
from lachan.engine.scams.folding import fold, words_of
from lachan.engine.scams.lexicon import Lexicon
from lachan.engine.scams.memo import Memo
from lachan.engine.scams.openings import LINK
from lachan.engine.scams.signs import read
from lachan.engine.scams.spelling import is_syllable, syllables


def words(text: str) -> str:
    return " ".join(fold(text).words)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Tài khoản bị KHÓA", "tai khoan bi khoa"),
        ("Ta\u0300i khoa\u0309n", "tai khoan"),
        ("t.à.i k-h-o-ả-n", "tai khoan"),
        ("k h ó a  s i m", "khoa sim"),
        ("kh0a nh@n t1ền d!eu k!en", "khoa nhan tien dieu kien"),
        ("nåp dau bån", "nap dau ban"),
        ("а\u200bсс\u200bount 1\ufe0f\u20e32\ufe0f\u20e3 𝐭𝐚𝐢", "account 12 tai"),
        ("5OO.OOOđ 1OOk", "500.000d 100k"),
        ("V90C gửi 191 lúc 15h30", "v90c gui 191 luc 15h30"),
        ("T+L+L+V", "t l l v"),
        ("xong!đi", "xong di"),
        ("Taiii khoảnnn bịii khóaaa", "tai khoan bi khoa"),
        ("taikhoancuabạnbịkhóa", "tai khoan cua ban bi khoa"),
        ("th.uong kh.oan t*iền ch-uyển", "thuong khoan tien chuyen"),
        ("đi g140 hàng 1en xe", "di giao hang len xe"),
        ("U.B.N.D gửi 2-g-b", "ubnd gui 2gb"),
        ("P.An Khánh, cô-an, lớp 10A1, dài 10m", "p an khanh co an lop 10a1 dai 10m"),
        ("www xxx verification telegram", "www xxx verification telegram"),
    ],
)
def test_disguises_are_undone(written: str, meant: str) -> None:
    assert words(written) == meant


def test_a_word_is_found_again_in_the_original() -> None:
    text = "Bam nh@n k.h.ó.a ngay"
    folded = fold(text)
    assert [text[start:end] for start, end in folded.spans] == ["Bam", "nh@n", "k.h.ó.a", "ngay"]
    assert [folded.words[place] for place in folded.disguised] == ["nhan", "khoa"]


def test_borrowed_words_are_known_in_disguise() -> None:
    folded = read("ch0i 0n11n3 qua z410, tải a.p.p, [T.B] gọi U.B.N.D").folded
    assert " ".join(folded.words) == "choi online qua zalo tai app tb goi ubnd"
    assert "ubnd" not in [folded.words[place] for place in folded.disguised]


def test_ordinary_vietnamese_hides_nothing() -> None:
    assert fold("Kính gửi quý khách: tiền điện tháng 5/2026 là 94.357đ, hạn 22/05.").disguised == []


def test_a_link_is_one_word() -> None:
    text = "vào abc.com/x nhé"
    assert fold(text, [(4, 13)]).words == ("vao", LINK, "nhe")


@pytest.mark.parametrize("word", ["nghieng", "khoan", "quyen", "a", "duoc"])
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["bpndx", "mwbll", "khoax"])
def test_what_cannot_be_said_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_words_written_together_are_parted() -> None:
    assert syllables("khoasim") == ("khoa", "sim")
    assert syllables("xkqz") == ()


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)
    assert len(plain(text)) == len(text)
    assert all(0 <= start < end <= len(text) for start, end in folded.spans)
    assert len(folded.words) == len(folded.spans)


@given(st.lists(st.text(st.sampled_from("aàbchikmnotýđ019!@\u200bао"), min_size=1, max_size=12)))
def test_a_word_means_in_a_text_what_it_means_alone(written: list[str]) -> None:
    assert [*fold(" ( ".join(written)).words] == [word for one in written for word in fold(one).words]


@given(st.text(st.sampled_from("aàbchikmnotýđ019!@. \u200bао"), max_size=40))
def test_what_is_known_of_words_is_what_a_new_lexicon_finds(text: str) -> None:
    assert fold(text) == fold(text, lexicon=Lexicon())


@given(st.text(st.sampled_from("aàbchikmnotýđ019!@. .-\n\u200bао"), max_size=40))
def test_the_words_alone_are_those_with_their_places(text: str) -> None:
    assert words_of(plain(text)) == [*fold(plain(text)).words]


@given(st.lists(st.integers(0, 9)))
def test_what_is_kept_is_what_is_worked_out_anew(asked: list[int]) -> None:
    memo = Memo(str, most=3)
    assert [*map(memo.__getitem__, asked)] == [*map(str, asked)]
    assert len(memo) <= 3
