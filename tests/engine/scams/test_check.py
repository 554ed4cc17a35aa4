"""The verdict: what is said of a message, why, and that no text can break or slow it."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import genuine, lures

from lachan.engine import scams
from lachan.engine.scams import Level, check, knowledge
from lachan.engine.scams.signs import COMPUTED
from lachan.engine.scams.verdict import ENOUGH_TOLD

LOCKED = "Vietcombank thông báo: tài khoản của quý khách đã bị khóa. Đăng nhập https://vietcombank.com.vn-xacthuc.top để mở lại"


def test_a_known_trick_is_a_scam_with_its_reasons() -> None:
    verdict = check(LOCKED)
    assert verdict.level is Level.SCAM
    assert verdict.score > 0.95
    assert verdict.brand == "Vietcombank"
    assert verdict.scam_type is not None
    assert verdict.scam_type.code == "fake_bank_account_lock"
    assert verdict.advice
    assert {"account_locked", "link_official_as_prefix"} <= {found.code for found in verdict.signs}


def test_each_sign_shows_its_place_and_what_it_adds() -> None:
    for found in check(LOCKED).signs:
        start, end = found.span
        assert LOCKED[start:end].strip()
        assert found.sign.why_vi
        assert found.weight


@pytest.mark.parametrize(
    "disguised",
    [
        "VCB thong bao: tai khoan cua quy khach da bi khoa. Dang nhap https://vcb-xacthuc.top de mo lai",
        "VCB th0ng bao: tai kh0an cua quy khach da b.i k.h.o.a. D.a.n.g nhap https://vcb-xacthuc.top de mo lai",
        "VCB thong bao: t*ai kho*an cua quy kh.ach da bi kh-oa. D4ng nh4p https://vcb-xacthuc.top de mo l4i",
        "VCB thông báo: t\u00e0i kho\u200bản của quý khách đã bị khóa. Đăng nhập vcb-xacthuc . top để mở lại",
    ],
)
def test_a_disguise_changes_nothing(disguised: str) -> None:
    assert check(disguised).level is Level.SCAM


def test_a_disguise_by_itself_is_nothing_to_fear() -> None:
    assert check("M0i c.h.ị e.m tối nay h-ọ-p l0p, ai đ.ế.n được thì nh*ắn lại cho c.ô Hoa nhé").level is Level.NONE


def test_a_text_that_shows_nothing_is_never_called_safe() -> None:
    verdict = check("Mai 8h họp phụ huynh ở trường nhé")
    assert (verdict.level, verdict.scam_type, verdict.advice) == (Level.NONE, None, ())
    assert {level.value for level in Level} == {"scam", "caution", "none"}


@pytest.mark.parametrize("what", [None, b"Xin ch\xc3\xa0o", 5, ["a"]])
def test_what_is_no_text_is_refused_by_its_type(what: Any) -> None:
    with pytest.raises(TypeError, match=type(what).__name__):
        check(what)
    with pytest.raises(TypeError, match="int"):
        check("a", sender=cast("Any", 5))
    with pytest.raises(TypeError, match="str"):
        scams.check_picture(cast("Any", "anh.png"))


def test_a_kind_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="message, story, not 'sms'"):
        check("a", kind="sms")


def test_a_verdict_goes_to_another_process_and_is_the_same_from_many_threads() -> None:
    texts = [LOCKED, *(sample.text for sample in genuine()[:30])]
    with ThreadPoolExecutor(8) as threads:
        one, *others = threads.map(lambda _: [check(text) for text in texts], range(8))
    assert all(other == one for other in others)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301


def test_a_person_is_not_told_of_plans_of_other_forms() -> None:
    verdict = check(
        "Tôi quen anh bác sĩ quân y Mỹ trên Facebook, anh gửi quà, hải quan đòi 32 triệu tiền thuế", kind="story"
    )
    assert verdict.scam_type is not None
    assert verdict.scam_type.code == "romance"
    assert {one.sign.types for one in verdict.reasons if one.sign.role == "scheme"} <= {("romance",)}
    assert {one.sign.types for one in verdict.signs if one.sign.role == "scheme"} - {("romance",)}


def test_single_words_are_told_only_where_little_else_is() -> None:
    words = {"words_of_lures"}
    told = [{one.code for one in check(sample.text).reasons} for sample in lures()[:150]]
    assert any(words <= codes for codes in told)
    assert [codes for codes in told if words <= codes and len(codes - words) >= ENOUGH_TOLD] == []


@pytest.mark.parametrize(
    ("named", "code"),
    [("Apple", "fake_brand_sms"), ("Vietcombank", "fake_bank_account_lock"), ("Shopee qua Zalo", "fake_brand_sms")],
)
def test_nobody_is_sent_to_a_bank_that_is_not_named(named: str, code: str) -> None:
    verdict = check(f"{named}: tài khoản của bạn bị khóa, đăng nhập https://xac-minh-9.top để mở lại trong 24 giờ")
    assert verdict.scam_type is not None
    assert verdict.scam_type.code == code


def test_where_to_write_on_is_not_whom_a_text_poses_as() -> None:
    asked = (
        "Cháu là công an phường đây, căn cước của bác sai thông tin, bác kết bạn Zalo để cháu hướng dẫn làm trên mạng"
    )
    assert check(asked).brand == ""
    assert check("Tài khoản Zalo của bạn sẽ bị khóa sau 24h do vi phạm, xác minh tại xac-minh-9.online").brand == "Zalo"


def test_of_equal_forms_the_one_that_a_sign_names_first_is_told() -> None:
    verdict = check(
        "BHXH: Ong/Ba duoc nhan 8.500.000d tro cap that nghiep bo sung. Dang nhap vssid-hotro.com de nhan truoc 30/11"
    )
    assert verdict.scam_type is not None
    assert verdict.scam_type.code == "covid_benefit_fraud"


@pytest.mark.parametrize(
    "text",
    [
        "Em gọi chị không được, chị nhắn zalo em nhé",
        "Em gái tôi gọi video mượn 20 triệu, mặt đúng là nó nhưng hình giật",
        "Lâu rồi không trò chuyện với em",
    ],
)
def test_who_rings_or_talks_is_not_taken_for_one_who_sells_herself(text: str) -> None:
    assert "sex_advert" not in {one.code for one in check(text).signs}


def test_an_official_link_is_told() -> None:
    assert check("Xem tại https://vietcombank.com.vn/vi").official == ("Vietcombank",)


def test_an_official_sender_name_is_told_only_where_nothing_is_seen() -> None:
    assert check("Số dư tài khoản 1.250.000 VND", sender="Vietcombank").official == ("Vietcombank",)
    assert check(LOCKED, sender="Vietcombank").official == ()


def test_a_text_that_leads_only_to_official_sites_is_never_red() -> None:
    threat = "Vietcombank: TK cua quy khach bi khoa do dang nhap la. Xac minh tai https://{}"
    official, false = check(threat.format("vietcombank.com.vn")), check(threat.format("vietcombank-xm.top"))
    assert {one.code for one in official.signs}.isdisjoint({"locked_and_login", "asks_login_link"})
    assert (official.level is Level.SCAM, false.level is Level.SCAM) == (False, True)


def test_an_unknown_link_in_a_plain_sentence_is_not_amber() -> None:
    assert check("Thông tin đăng tại http://vidu.com/").level is Level.NONE


@pytest.mark.parametrize(
    "notice",
    [
        "Thue bao 0912345678 da goi cho Quy khach luc 10:05 ngay 12/03/2026. Tran trong.",
        "Quy khach da bi nho: so 0987654321: 2 cuoc, 08:15 03/05/26; so 0356789012: 1 cuoc, 09:40 03/05/26",
        "(MCA) Quý khách có 1 cuộc gọi nhỡ từ số 0912345678 lúc 14:20 ngày 05/06/2026.",
    ],
)
def test_who_rang_and_when_is_a_notice_of_the_network(notice: str) -> None:
    verdict = check(notice)
    assert verdict.level is Level.NONE
    assert "g_missed_call" in {one.code for one in verdict.signs}


def test_a_missed_call_that_is_to_be_paid_for_is_none() -> None:
    lure = "Quý khách có 1 cuộc gọi nhỡ từ số 0912345678 lúc 14:20, gọi ngay 19006789 để nghe lời nhắn bí mật gửi riêng cho bạn."
    assert "g_missed_call" not in {one.code for one in check(lure).signs}


def test_an_hour_or_a_name_at_the_end_is_no_random_tail() -> None:
    tails = [
        {one.code for one in check(f"Cửa hàng mở lại từ sáng mai, phục vụ bà con đến {end}").signs}
        for end in ("24h", "7h30", "VNeID", "1900xxx", "Kd8xQ")
    ]
    assert ["form_random_tail" in codes for codes in tails] == [False, False, False, False, True]


def test_tasks_that_take_deposits_are_job_fraud_not_gambling() -> None:
    kind = check("Chị em rủ làm nhiệm vụ, nạp 2 triệu rút được, nạp 20 triệu thì không rút được nữa").scam_type
    assert kind is not None
    assert kind.code == "job_task_fraud"


def test_a_told_call_is_judged_as_well_as_a_message() -> None:
    told = "Có người gọi xưng công an nói tôi dính vào vụ rửa tiền, bắt chuyển tiền vào tài khoản tạm giữ, dặn không kể với ai"
    verdict = check(told, kind="story")
    assert verdict.level is Level.SCAM
    assert verdict.scam_type is not None
    assert verdict.scam_type.code == "fake_authority_call"


def test_no_genuine_sample_is_red_and_few_are_amber() -> None:
    levels = [check(sample.text, sender=sample.sender).level for sample in genuine()]
    assert levels.count(Level.SCAM) == 0
    assert levels.count(Level.CAUTION) <= 0.02 * len(levels)


def test_signs_found_by_code_have_their_entry_and_the_other_way_round() -> None:
    assert {code for code, sign in knowledge.signs().items() if sign.computed} == COMPUTED


@given(st.text(max_size=400))
def test_any_text_gets_an_answer(text: str) -> None:
    verdict = check(text)
    assert 0 <= verdict.score <= 1
    assert all(0 <= found.span[0] < found.span[1] <= len(text) for found in verdict.signs)


@pytest.mark.parametrize(
    "unit",
    [
        *("tai khoan ", "a.", "a b ", "1.", "http://", "0", "k-", "!", "\u0300", "🇦", "nhận ", "vcb.", "(.)", "a.vn "),
        *("0912345678 ", "kh.oa*n-", "1l1l1l "),
    ],
)
def test_hostile_texts_cost_in_proportion_to_their_length(unit: str) -> None:
    short, long = (_steps(unit * (size // len(unit))) for size in (5_000, 20_000))
    assert long < 6 * short


def _steps(text: str) -> int:
    """How many lines of Python a check runs: the same on any machine, whatever else it does."""
    import sys

    count = 0

    def trace(*_: object) -> object:
        nonlocal count
        count += 1
        return trace

    check(text)  # what is read once is read
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        scams.check(text)
    finally:
        sys.settrace(None)
    return count


LURE = "BIDV: Tài khoản của quý khách bị khóa. Đăng nhập https://bidv.com.vn-huy.top để mở lại."


@pytest.mark.parametrize(
    "around",
    [
        'Cho hỏi tin này có phải lừa đảo không ạ: "{}"',
        'Tin trong nhóm lớp con tôi: "{}". Phụ huynh nào đóng rồi?',
        'Kính gửi quý báo, tôi nhận tin nhắn với nội dung "{}" đề nghị cho biết thực hư',
        "Mẹ em nhận được tin “{}” em nghi lừa đảo, có nên bấm không?",
        'Bố tôi già rồi, sáng nay ông khoe nhận tin "{}" và định ra bưu điện gửi tiền',
        '"{}" ba chấm, ai rảnh giải thích với',
        "Tin này có đúng không, tôi sợ lừa đảo quá\n{}",
    ],
)
def test_a_lure_that_is_passed_on_or_asked_about_is_judged_as_the_lure(around: str) -> None:
    told = around.format(LURE)
    assert check(told).level is Level.SCAM
    assert check(told, kind="story").level is not Level.NONE
