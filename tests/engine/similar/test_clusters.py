import json
from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import genuine, lures

from lachan.engine.similar import Cluster, Clusters, Contradicts, indicators_of
from lachan.project.bench.copies import agreement, copies

ADVICE = (
    "Công an tỉnh nhắc bà con: kẻ gian hay giả danh cán bộ gọi điện, hù dọa rồi bắt cài phần mềm; gặp chuyện như vậy hãy tắt máy,"
    " ra trụ sở gần nhà hỏi lại cho chắc, đừng làm theo lời kẻ lạ."
)
PARCEL = "Đơn hàng của chị bị giữ ở kho Tân Bình vì thiếu số nhà, đóng phí giao lại trong chiều nay kẻo bị trả về"
PRIZE = "Mừng sinh nhật siêu thị, số máy may mắn của cô trúng tủ lạnh, mang giấy tờ tới làm thủ tục trước cuối tuần"
SHORT = [sample.text for sample in lures()[:40:5]]


def partition(clusters: Clusters, keys) -> set[frozenset]:
    return {frozenset(clusters.members(clusters.of(key).number)) for key in keys}


def test_copies_fall_together_and_others_stay_apart() -> None:
    random = Random(7)
    texts = [(one.id, copy) for one in (*lures(), *genuine())[::6] for copy in copies(one.text, 6, random)]
    random.shuffle(texts)
    clusters = Clusters()
    for key, (_id, text) in enumerate(texts):
        clusters.add(key, text, indicators_of(text))
    found = [clusters.of(key).number for key in range(len(texts))]
    assert agreement([name for name, _text in texts], found)["f1"] >= 0.98


@pytest.mark.parametrize(
    "copy",
    [
        "Don hang cua chi bi giu o kho Tan Binh vi thieu so nha, dong phi giao lai trong chieu nay keo bi tra ve xk29q",
        "Đơn hàng của anh bị giữ ở kho Bình Tân vì thiếu số nhà, nộp phí giao lại trong chiều nay kẻo bị trả về: ghn-x.top/a1",
        "Đ.ơ.n hàng của chị bị g-i-ữ ở kho Tân Bình vì thi\u200bếu số nhà, đóng phí 25.000đ giao lại trong chiều nay kẻo bị trả về",
        "Cho tôi hỏi tin nhắn này có phải lừa đảo không: " + PARCEL + ". Đã gửi từ iPhone của tôi",
    ],
)
def test_a_copy_joins_its_text(copy) -> None:
    clusters = Clusters()
    number = clusters.add(1, PARCEL).number
    assert clusters.add(2, copy) == Cluster(number, 2, ("text",))


def test_the_same_site_joins_texts_that_differ() -> None:
    clusters = Clusters()
    clusters.add("a", PARCEL, indicators_of(f"{PARCEL} https://kho-hang.top/a"))
    joined = clusters.add("b", PRIZE, indicators_of(f"{PRIZE} nhanqua.kho-hang[.]top"))
    assert (joined.size, joined.by) == (2, ("host:kho-hang.top",))


@pytest.mark.parametrize("third", ["", ADVICE])
def test_advice_put_behind_two_messages_does_not_join_them(third) -> None:
    clusters = Clusters()
    texts = [text for text in (f"{PARCEL}. {ADVICE}", third, f"{PRIZE}. {ADVICE}") if text]
    for key, text in enumerate(texts):
        clusters.add(key, text)
    assert len(partition(clusters, range(len(texts)))) == len(texts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Ma xac minh Shopee: 118342. Co hieu luc 10 phut. Khong chia se ma nay voi bat ky ai, ke ca nhan vien Shopee.",
            "Ma xac thuc dang nhap Zalo cua ban la 482913, co hieu luc 5 phut. Tuyet doi khong chia se ma nay voi bat ky ai.",
        ),
        (
            "VCB: TK 0071xxxx882 -2,150,000VND luc 26-11 09:41. So du 8,412,330VND. ND: NGUYEN THI MAI chuyen tien nha thang 11.",
            "TK 19xx678 -1,250,000VND luc 09:42 12/11. SD 3,418,220VND. ND: NGUYEN THI HOA chuyen tien an trua",
        ),
        (
            "Quy khach vua doi thiet bi xac thuc Smart OTP luc 09:12. Neu khong phai Quy khach thuc hien, goi NGAY 1800588822.",
            "Quy khach vua kich hoat Smart OTP tren thiet bi moi. Neu khong phai quy khach thuc hien, goi 19009247 de duoc ho tro.",
        ),
    ],
)
def test_notices_of_one_kind_that_say_something_else_stay_apart(one, other) -> None:
    clusters = Clusters()
    clusters.add(1, one, indicators_of(one))
    assert clusters.add(2, other, indicators_of(other)).size == 1


def test_a_passage_that_is_known_joins_nothing() -> None:
    frame = "Ban quản lý chợ Đông Hòa xin báo cho tiểu thương các sạp được rõ:"
    one, other = f"{frame} tối nay cúp điện", f"{frame} sáng mai họp"
    told, untold = Clusters([frame]), Clusters()
    for clusters in (told, untold):
        clusters.add(1, one)
        clusters.add(2, other)
    assert (told.of(2).size, untold.of(2).size) == (1, 2)


def test_one_message_can_bring_two_clusters_together() -> None:
    clusters = Clusters()
    clusters.add(1, PARCEL)
    other = clusters.add(2, PRIZE, ["phone:0912000111"])
    joined = clusters.add(3, PARCEL, ["phone:0912000111"])
    assert (joined.size, joined.by, joined.took_in) == (3, ("text", "phone:0912000111"), (other.number,))
    assert clusters.members(other.number) == []


def test_a_message_without_words_has_a_cluster_of_its_own() -> None:
    clusters = Clusters()
    assert [clusters.add(key, "12345").size for key in "ab"] == [1, 1]


texts = st.one_of(
    st.sampled_from(SHORT),
    st.tuples(st.sampled_from(SHORT), st.integers(0, 5)).map(lambda one: next(copies(one[0], 1, Random(one[1])))),
)
marks = st.lists(st.sampled_from(["host:a.top", "phone:0912000111", "account:0123456789"]), max_size=2)
messages = st.lists(st.tuples(texts, marks), max_size=12)
keys = st.integers(0, 11)
decisions = st.lists(
    st.one_of(
        st.tuples(st.just("together"), keys, keys),
        st.tuples(st.just("apart"), st.lists(keys, min_size=1, max_size=3), st.lists(keys, max_size=3)),
    ),
    max_size=6,
)


def decide(clusters: Clusters, decision) -> list[tuple]:
    """What holds from now on: the decision, unless it was refused; whoever is parted from all is parted from those with it."""
    what, one, other = decision
    before = set() if other or what == "together" else mates(clusters, one)
    with suppress(Contradicts):
        getattr(clusters, what)(one, other)
        return [(what, one, other or before - mates(clusters, one) if what == "apart" else other)]
    return []


def mates(clusters: Clusters, some) -> set:
    found: set = set()
    for key in some:
        with suppress(KeyError):  # never spoken of
            found.update(clusters.members(clusters.of(key).number))
    return found


def held(clusters: Clusters, decision) -> bool:
    what, one, other = decision
    if what == "together":
        return clusters.of(one).number == clusters.of(other).number
    return {clusters.of(key).number for key in one}.isdisjoint(clusters.of(key).number for key in other)


@given(messages, st.randoms())
@settings(max_examples=40, deadline=None)
def test_the_order_of_messages_changes_nothing(said, random) -> None:
    one, other = Clusters(), Clusters()
    numbered = list(enumerate(said))
    for key, (text, shared) in numbered:
        one.add(key, text, shared)
    for key, (text, shared) in random.sample(numbered, len(numbered)):
        other.add(key, text, shared)
    assert partition(one, range(len(said))) == partition(other, range(len(said)))


@given(messages, decisions, st.randoms())
@settings(max_examples=60, deadline=None)
def test_decisions_hold_whatever_comes_and_in_whatever_order(said, decided, random) -> None:
    clusters = Clusters()
    steps = [("add", key % 8, one) for key, one in enumerate(said)] + decided
    random.shuffle(steps)
    respected = []
    for step in steps:
        if step[0] == "add":
            clusters.add(step[1], *step[2])
        else:
            respected += decide(clusters, step)
        if random.random() < 0.2:
            clusters = Clusters.load(json.loads(json.dumps(clusters.state())))
        assert all(held(clusters, decision) for decision in respected)


@given(messages, decisions)
@settings(max_examples=40, deadline=None)
def test_adding_again_changes_nothing(said, decided) -> None:
    clusters = Clusters()
    for key, one in enumerate(said):
        clusters.add(key, *one)
    for decision in decided:
        decide(clusters, decision)
    before = clusters.state()
    for key, one in enumerate(said):
        clusters.add(key, *one)
    assert clusters.state() == before


@given(messages, messages, decisions)
@settings(max_examples=40, deadline=None)
def test_clusters_go_on_from_their_state_as_if_never_put_away(before, after, decided) -> None:
    kept = Clusters([ADVICE])
    for key, one in enumerate(before):
        kept.add(key, *one)
    for decision in decided:
        decide(kept, decision)
    loaded = Clusters.load(json.loads(json.dumps(kept.state())))
    for clusters in (kept, loaded):
        for key, one in enumerate(after):
            clusters.add(key + 6, *one)
    assert loaded.state() == kept.state()


def test_a_message_like_both_sides_of_a_parting_joins_the_nearer_one() -> None:
    clusters = Clusters()
    near = PARCEL.replace("Tân Bình", "Thủ Đức").replace("chiều nay", "sáng mai").replace("số nhà", "tên đường")
    clusters.add("a", PARCEL)
    clusters.add("b", near)
    clusters.apart(["b"])
    assert clusters.add("c", f"{near} nha").number == clusters.of("b").number
    assert clusters.of("a").size == 1


def test_only_messages_that_came_are_counted_and_listed() -> None:
    clusters = Clusters()
    clusters.together("a", "b")
    assert clusters.add("a", PARCEL).size == 1
    assert clusters.members(clusters.of("a").number) == ["a"]
    assert clusters.add("b", PRIZE).size == 2
    assert len(clusters) == 2
