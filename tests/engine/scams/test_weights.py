"""What words add: small, named, bounded, learnt the same each time; and what signs and words reach on samples held apart."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from samples import genuine, lures

from lachan.engine.scams import Level, check
from lachan.engine.scams.signs import read
from lachan.engine.scams.training import (
    Example,
    Said,
    Sums,
    example,
    folds,
    is_held_apart,
    reliability,
    together,
    train,
)
from lachan.engine.scams.verdict import judge
from lachan.engine.scams.weights import (
    DOUBT,
    FILE,
    MOST,
    RATHER,
    Weights,
    Words,
    added,
    chance,
    features_of,
    learnt,
    marked_of,
    shape,
)


def taught() -> Weights:
    told = [(f"mời nhận kiện hàng lạ số {n}", "scam", f"a{n}") for n in range(6)]
    told += [(f"họp tổ dân phố lúc {n} giờ", "none", f"b{n}") for n in range(6)]
    return train([example(*one) for one in told])


def test_words_are_learnt_from_examples_and_always_the_same() -> None:
    words = taught()
    assert words.words["kien hang"] > 0 > words.words["dan pho"]
    assert words == taught()


def test_what_only_one_group_says_is_not_learnt() -> None:
    told = [
        Example("a", bad=True, said=Said(("rieng", "chung"))),
        Example("b", bad=True, said=Said(("chung",))),
    ]
    assert "rieng" not in train(told).words


def test_a_group_is_never_parted() -> None:
    told = [Example(str(n % 7), bad=False) for n in range(40)]
    assert len({(one.group, part) for one, part in zip(told, folds(told), strict=True)}) == 7


def test_each_learnt_part_names_its_words() -> None:
    text = "Mời nhận kiện hàng lạ"
    shown = [one for one in judge(read(text), taught()).signs if one.code == "words_of_lures"]
    assert shown
    assert all(text[slice(*one.span)].strip() for one in shown)


def test_words_alone_never_make_a_message_red() -> None:
    loud = Weights({"kien": 90.0, "hang": 90.0}, 90.0)
    assert judge(read("Mời nhận kiện hàng lạ"), loud).level is not Level.SCAM


def test_words_that_speak_for_a_message_keep_it_from_red() -> None:
    text = read("BIDV: Tài khoản của quý khách bị khóa. Đăng nhập https://bidv.com.vn-huy.top để mở lại.")
    levels = [judge(text, Weights({"tai khoan": adds}, 0.0)).level for adds in (2.0, -2.0)]
    assert levels == [Level.SCAM, Level.CAUTION]


WARNED = "Bà con đừng tin tin này"
ASKED = "Anh chuyển tiền ngay hôm nay"


def taught_to_heed_warnings() -> Weights:
    told = [example(f"{WARNED} số {n}", "none", f"w{n}", warns=True) for n in range(6)]
    told += [example(f"{ASKED} số {n}", "scam", f"l{n}") for n in range(6)]
    told += [example(f"họp tổ dân phố lúc {n} giờ", "none", f"g{n}") for n in range(6)]
    return train(told)


def test_who_warns_of_a_lure_by_repeating_it_is_not_taken_for_who_sent_it() -> None:
    lure = "BIDV: Tài khoản của quý khách bị khóa. Đăng nhập https://bidv.com.vn-huy.top để mở lại."
    weights = taught_to_heed_warnings()
    levels = [judge(read(text), weights).level for text in (lure, f'{WARNED}: "{lure}"')]
    assert levels == [Level.SCAM, Level.NONE]


def test_the_words_of_a_warning_are_shown_and_take_what_the_signs_add() -> None:
    text = f'{WARNED}: "Tài khoản bị khóa. Đăng nhập https://bidv.com.vn-huy.top để mở lại."'
    signs = judge(read(text), taught_to_heed_warnings()).signs
    shown = [one for one in signs if one.code == "words_of_warning"]
    assert {text[slice(*one.span)] for one in shown} <= {WARNED[a:b] for a in range(24) for b in range(24)}
    against = sum(one.weight for one in signs if one.weight > 0 and not one.code.startswith("words_"))
    assert 0.5 * against <= -sum(one.weight for one in shown) <= against


def test_what_rather_warns_is_not_red_but_keeps_its_signs_until_it_is_clear() -> None:
    text = read("BIDV: Tài khoản của quý khách bị khóa. Đăng nhập https://bidv.com.vn-huy.top để mở lại.")
    levels = [
        judge(text, Weights({}, 0.0, warning=Words({}, odds))).level
        for odds in (RATHER - 0.5, RATHER + 0.5, DOUBT - 0.5)
    ]
    assert levels == [Level.SCAM, Level.CAUTION, Level.CAUTION]


def test_a_clear_warning_is_heard_also_where_the_link_that_it_names_would_be_enough() -> None:
    text = read(f'{WARNED}: "vcb-xacminh.top"')
    quiet = replace(taught_to_heed_warnings(), bias=-9.0)
    levels = [judge(text, weights).level for weights in (replace(quiet, warning=None), quiet)]
    assert levels == [Level.CAUTION, Level.NONE]


def told_of(sign: float, *, bad: bool, story: bool = False, times: int = 40) -> list[Example]:
    """So many messages that show one sign and no words."""
    signs = (("threat", sign),) if sign else ()
    return [Example(f"{bad}{sign}{n}", bad=bad, signs=signs, story=story) for n in range(times)]


def test_a_score_says_what_share_of_such_messages_was_bad() -> None:
    told = told_of(9.0, bad=True, times=300) + told_of(9.0, bad=False, times=100) + told_of(0.0, bad=False, times=400)
    line = together(Weights({}, 0.0), told, [Sums(0.0)] * len(told)).message
    assert abs(chance(line.bias + line.signs["threat"]) - 0.75) < 0.05
    error, bands = reliability([(0.25, number % 4 == 0) for number in range(400)])
    assert error < 0.01
    assert [(band.messages, band.bad) for band in bands] == [(400, 0.25)]


def test_a_sign_that_honest_messages_show_as_often_hardly_counts_but_never_speaks_for_a_message() -> None:
    told = told_of(2.0, bad=False) + told_of(0.0, bad=True)
    assert 0 < together(Weights({}, 0.0), told, [Sums(0.0)] * len(told)).message.signs["threat"] < 0.7


def test_what_signs_add_to_a_told_story_is_learnt_from_stories_alone() -> None:
    told = told_of(2.0, bad=True) + told_of(2.0, bad=False, story=True)
    weights = together(Weights({}, 0.0), told, [Sums(0.0)] * len(told))
    assert weights.message.signs["threat"] > weights.story.signs["threat"]


@given(st.floats(-450, 450), st.floats(-9, 9))
def test_words_add_only_so_much(total: float, bias: float) -> None:
    assert abs(added(total, bias)) <= MOST


def test_a_lone_link_or_number_says_nothing() -> None:
    assert features_of(("xem", "<link>", "15", "15")) == ["xem", "xem <link>"]


def test_words_with_marks_are_told_from_others() -> None:
    apart = read("khóa khoá khoa")
    marked = marked_of(apart.folded.words, apart.folded.marks)
    assert len(marked) == 1
    assert marked[0].startswith("khoa")


def test_words_shown_for_a_verdict_mean_something() -> None:
    text = "Mời nhận kiện hàng lạ số 7 ở kho"
    shown = [text[slice(*one.span)] for one in judge(read(text), taught()).signs if one.code == "words_of_lures"]
    assert "kiện hàng" in shown
    assert len(shown) <= 4
    assert not {"số", "7", "ở"}.intersection(shown)


def test_no_number_of_anybody_is_kept() -> None:
    assert [shape(word) for word in ("0912345678", "500k", "191", "khoa")] == ["#9", "#k", "#3", "khoa"]
    assert features_of(("a", "b", "a")) == ["a", "b", "a b", "b a"]


def test_the_weights_in_the_package_are_small_and_plain() -> None:
    assert FILE.stat().st_size < 5_000_000
    assert learnt() is not None


def test_samples_held_apart_are_half_of_them() -> None:
    held = [sample for sample in lures() if is_held_apart(sample.id)]
    assert 0.4 < len(held) / len(lures()) < 0.6


def test_genuine_samples_held_apart_are_never_red_and_seldom_amber() -> None:
    levels = [check(sample.text, sender=sample.sender).level for sample in genuine() if is_held_apart(sample.id)]
    assert levels.count(Level.SCAM) == 0
    assert levels.count(Level.CAUTION) <= 0.04 * len(levels)
