"""Links are found as people paste and swindlers break them, and judged by their names alone."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.scams import Level, check, knowledge, sites
from lachan.engine.scams.domains import official, split
from lachan.engine.scams.links import find
from lachan.engine.scams.lookalike import Way, distance, imitated


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("vào www.vi-du.icu để lấy", ["www.vi-du.icu"]),
        ("vào www.vi-du.chualapten để lấy", ["www.vi-du.chualapten"]),
        ("bấm https:// vi-du.com ngay", ["vi-du.com"]),
        ("[ vidumau. com ] nhé", ["vidumau.com"]),
        ("vcb . com. Đăng nhập", ["vcb.com"]),
        ("hxxps://vidu[.]com[.]vn-abc[.]top/a", ["vidu.com.vn-abc.top"]),
        ("vidu chấm com", ["vidu.com"]),
        ("http://103.5.6.7:8080/a.apk", ["103.5.6.7"]),
        ("NhanQua3.Com (viết liền)", ["nhanqua3.com"]),
        ("https://vietcombank.com.vn@vidu.top/x", ["vidu.top"]),
        ("bit.ly/abc và t.me/xyz", ["bit.ly", "t.me"]),
        ("Tài khoản bị khóa.Vào ngay.Có gì hỏi lại. De mai", []),
        ("thư gửi an@example.com", []),
        ("QK.DK gói cước 9.9 v.v. 1.250.000", []),
        ("soạn MP50X gửi 191.LH 198", []),
    ],
)
def test_links_are_found_and_nothing_else(text: str, hosts: list[str]) -> None:
    assert [link.host for link in find(text)] == hosts


def test_a_full_stop_before_a_link_takes_nothing_of_it() -> None:
    (link,) = find("trong tài khoản. https://vi-du.top/q nhé")
    assert link.written == "https://vi-du.top/q"


def test_a_link_tells_its_parts() -> None:
    (link,) = find("tải http://103.5.6.7:8080/vneid.apk, cài ngay")
    assert (link.scheme, link.port, link.path, link.is_app) == ("http", 8080, "/vneid.apk", True)
    assert link.written == "http://103.5.6.7:8080/vneid.apk"


def test_a_link_that_poses_tells_what_stands_before_the_at_sign() -> None:
    (link,) = find("https://vietcombank.com.vn@vidu.top/x")
    assert link.posing == "vietcombank.com.vn"


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("dich.vu.vidu.com.vn", "vidu.com.vn"),
        ("a.b.vidu.co.uk", "vidu.co.uk"),
        ("trang.blogspot.com", "trang.blogspot.com"),
        ("xn--bcher-kva.example", "bücher.example"),
        ("103.5.6.7", "103.5.6.7"),
        ("com", "com"),
    ],
)
def test_the_registered_domain_is_told(host: str, domain: str) -> None:
    assert split(host).domain == domain


@pytest.mark.parametrize(
    ("host", "way"),
    [
        ("vietcombank.com.vn-kps.top", Way.PREFIX),
        ("vietcombank.com.vn.dangnhap.xyz", Way.PREFIX),
        ("vietcombank-vn.net", Way.PART),
        ("vietconbank.com", Way.NEAR),
        ("vietcombаnk.com.vn", Way.LETTERS),  # a Cyrillic а
    ],
)
def test_names_that_pose_as_a_bank_are_seen(host: str, way: Way) -> None:
    found = imitated(host)
    assert found is not None
    assert (found.way, found.domain) == (way, "vietcombank.com.vn")


@pytest.mark.parametrize(
    "host", ["vietcombank.com.vn", "www.vietcombank.com.vn", "dichvucong.gov.vn", "macbook.com", "tuoitre.vn"]
)
def test_honest_names_pose_as_nobody(host: str) -> None:
    assert imitated(host) is None


def test_only_listed_domains_and_those_of_the_state_are_official() -> None:
    body = official("portal.vietcombank.com.vn")
    assert body is not None
    assert body.domain == "vietcombank.com.vn"
    assert official("vietcombank.com.vn.vidu.top") is None
    assert sites.facts("sotttt.vidu.gov.vn").trusted
    assert not sites.facts("vidu.vn").trusted


def test_a_chat_page_is_never_official() -> None:
    facts = sites.facts("zalo.me")
    assert not facts.trusted
    assert [code for code, _ in facts.signs] == ["link_chat"]


SLIPS = [("abcd", "abcd", 0), ("abcd", "abdc", 1), ("abcd", "abxd", 1), ("abcd", "acd", 1), ("", "ab", 2)]


@pytest.mark.parametrize(("one", "other", "slips"), SLIPS)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("vi\u200bdu.com", ["vidu.com"]),
        ("vidu·com, vidu•com", ["vidu.com", "vidu.com"]),
        ("vidu。com và vidu｡com", ["vidu.com", "vidu.com"]),
        ("hxxp[:]//vidu[.]com/a", ["vidu.com"]),
        ("h**ps://vidu.com", ["vidu.com"]),
        ("bit. ly/abc hoặc t . me/abc", ["bit.ly", "t.me"]),
        ("THƯ GỬI AN.NGUYEN@VIDU.COM.VN", []),
        ("an.nguyen@vidu.com.vn hoặc www.vidu.vn", ["www.vidu.vn"]),
        ("Xin cảm ơn.Top 10 món ngon", []),
        ("tra. Xin cảm ơn. khong.co gi", []),
        ("7h30 a.m đến 5 p.m, Tp.HCM, Q.1, ThS.Nguyễn", []),
        ("thứ 7.cn nghỉ, tầng 1.vn, ok.me đi", []),
        ("mở readme.md, setup.sh, nén bai.zip", []),
    ],
)
def test_hard_cases_of_what_is_a_link(text: str, hosts: list[str]) -> None:
    assert [link.host for link in find(text)] == hosts


LABEL = st.from_regex(r"[a-z]{3,10}(?:-[a-z]{3,8})?[0-9]{0,3}", fullmatch=True)
SITE = st.builds("{}.{}".format, LABEL, st.sampled_from(("com", "com.vn", "vn", "top", "xyz", "icu", "net")))
DOTS = st.sampled_from(
    (".", "[.]", "(.)", "[dot]", "(dot)", " . ", " .", ". ", " chấm ", " dot ", "。", "．", "·", "{.}")
)
SCHEMES = st.sampled_from(("", "http://", "https://", "hxxp://", "hxxps://", "HTTP://", "h**p://", "https ://"))
CASES = st.sampled_from((str, str.upper, str.title))


@given(SITE, DOTS, SCHEMES, CASES, st.sampled_from((" nhé", ", cảm ơn", ".", "!", ")", " ", "\n")))
def test_a_link_is_found_again_however_it_is_written(site: str, dot: str, scheme: str, case, after: str) -> None:  # type: ignore[no-untyped-def]
    written = scheme + dot.join(case(label) for label in site.split("."))
    text = f"Mời vào {written}{after}"
    (link,) = find(text)
    assert link.host == site
    assert text[slice(*link.span)] == link.written == written


@given(SITE, st.lists(st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad"), min_size=1, max_size=3), st.randoms())
def test_what_is_not_seen_does_not_hide_a_link(site: str, unseen: list[str], rng: random.Random) -> None:
    letters = list(site)
    for char in unseen:
        letters.insert(rng.randrange(1, len(letters)), char)
    assert [link.host for link in find("vào " + "".join(letters))] == [site]


HOSTILE = ("a.", "a . ", "a, ", "http://", "www.", "a[.]", "a.b@", "a, a@", "-.", "a-", "\u200b.", "x/", "a.vn?")


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_texts_are_read_in_proportion_to_their_length(unit: str) -> None:
    find(unit * 40_000)


def test_official_sites_in_the_right_place_raise_no_sign() -> None:
    raised = {
        domain: sites.facts(f"www.{domain}").signs
        for domain, body in knowledge.official().items()
        if sites.facts(f"www.{domain}").signs not in {(), (("link_official", body.body),), (("link_chat", domain),)}
    }
    assert raised == {}


def test_a_page_anybody_can_make_is_judged_before_the_owner_of_the_name() -> None:
    facts = sites.facts("sites.google.com")
    assert not facts.trusted
    assert ("link_free_host", "sites.google.com") in facts.signs
    assert not sites.facts("facebook.com").trusted


def test_a_brand_of_the_world_under_the_ending_of_a_country_is_no_trick() -> None:
    assert check("http://google.com.af/").level is Level.NONE
    assert check("http://citibank.com.sg/").level is not Level.SCAM


@pytest.mark.parametrize("host", ["otpbank.hu", "seabank.co.id", "fitshop.gr", "sf-express.com"])
def test_firms_of_other_countries_with_names_like_ours_raise_nothing(host: str) -> None:
    assert check(f"http://{host}/").level is Level.NONE


@pytest.mark.parametrize("host", ["farmcreditbank.com", "dab-bank.de", "arabbanking.com", "eximbank.gov.tr"])
def test_a_bank_whose_name_only_holds_the_letters_of_ours_is_not_red(host: str) -> None:
    assert check(f"http://{host}/").level is not Level.SCAM


@pytest.mark.parametrize("host", ["apphdbank.fun", "the-vpbank.com", "tindungvpbank.com"])
def test_a_short_name_after_a_word_of_the_trade_is_red(host: str) -> None:
    assert check(f"http://{host}/").level is Level.SCAM


def test_letters_thrown_together_under_a_cheap_ending_raise_nothing_alone() -> None:
    assert check("http://1c9t8q4.online/").level is Level.NONE


@pytest.mark.parametrize("host", ["vietcombank-login.ru", "vpbank-vn.de", "vietconbank.co.uk"])
def test_an_ending_of_another_country_excuses_no_name_that_is_ours_alone(host: str) -> None:
    assert check(f"http://{host}/").level is not Level.NONE


def test_a_brand_that_is_no_bank_is_not_red_by_the_letters_it_shares_with_reported_names() -> None:
    assert check("http://ppzj-youtube.cfd/").level is Level.CAUTION


def test_only_letters_that_are_read_as_ours_are_foreign() -> None:
    codes = [{code for code, _ in sites.facts(host).signs} for host in ("vidụ-shop.com", "高速下载.com")]
    assert ["link_foreign_letters" in one for one in codes] == [True, False]


@pytest.mark.parametrize("host", ["vib.com", "acbnews.org", "msb-logistics.com", "tpbook.net", "ocbcgroup.org"])
def test_a_short_brand_is_not_seen_inside_words_or_without_a_word_of_the_trade(host: str) -> None:
    assert imitated(host) is None


@pytest.mark.parametrize("host", ["acb-online.com", "vib-card.net", "dichvu-msb.com"])
def test_a_short_brand_beside_a_word_of_the_trade_poses_as_the_bank(host: str) -> None:
    found = imitated(host)
    assert found is not None
    assert found.sure


@pytest.mark.parametrize("host", ["haiquandichvu.com", "khaithuehaiquanvidu.com"])
def test_firms_that_deal_with_an_office_are_not_said_to_pose_as_it(host: str) -> None:
    found = imitated(host)
    assert found is None or not found.sure


@pytest.mark.parametrize("host", ["vietcombank-dangnhap.top", "dangnhap.vietcombank.com.vn-xacthuc.com"])
def test_a_bank_and_a_word_of_logging_in_is_red_by_itself(host: str) -> None:
    assert check(f"http://{host}/").level is Level.SCAM


@pytest.mark.parametrize("host", ["vidu.top", "vidu.weebly.com", "bhtwn.com", "vidu.vn"])
def test_one_weak_sign_is_listed_and_raises_nothing(host: str) -> None:
    verdict = check(f"http://{host}/")
    assert verdict.level is Level.NONE
    assert any(found.code.startswith("link_") for found in verdict.signs)


def test_a_well_known_site_on_a_list_of_reports_is_shown_as_reported_and_not_red() -> None:
    verdict = check("http://xtb.com/")
    assert "link_reported_known" in {found.code for found in verdict.signs}
    assert verdict.level is not Level.SCAM
