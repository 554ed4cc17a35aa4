import pytest
from cascades import DUE, a_campaign, a_letter, of
from cast import DAY, NOW, Cast

from lachan.campaigns.models import Task
from lachan.letters.models import Letter
from lachan.orgs.models import UnitVersion
from lachan.portal.own_letter import Draft, addressees, draft, letter_from


@pytest.fixture
def drafted(cast: Cast) -> Draft:
    campaign = a_campaign(cast.department, [cast.district, cast.press], by=cast.an)
    below = UnitVersion.objects.on(DAY).children_of(cast.district).select_related("kind")
    return draft(of(cast.district, campaign), list(below), now=NOW)


def versions(*names: str) -> list[UnitVersion]:
    return list(UnitVersion.objects.filter(name__in=names).select_related("kind"))


def test_the_heading_is_the_units_own(drafted: Draft) -> None:
    assert (drafted.issuer, drafted.issuer_parent) == ("ỦY BAN NHÂN DÂN HUYỆN BẾN ĐÁ", "")
    assert (drafted.place, drafted.symbol) == ("Bến Đá", "UBND-VX")
    assert (drafted.authority, drafted.signer_title, drafted.signer_name) == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Dũng")


def test_a_department_stands_under_its_people_s_committee(cast: Cast) -> None:
    campaign = a_campaign(cast.province, [cast.education], by=cast.an)
    own = draft(of(cast.education, campaign), [], now=NOW)
    assert (own.issuer_parent, own.issuer) == ("ỦY BAN NHÂN DÂN TỈNH SÔNG LAM", "SỞ GIÁO DỤC VÀ ĐÀO TẠO")
    assert (own.place, own.authority, own.signer_title) == ("Sông Lam", "", "GIÁM ĐỐC")


def test_the_body_names_the_letter_it_carries_out(drafted: Draft) -> None:
    source = "Kế hoạch số 116/KH-UBND ngày 10/3/2025 của UBND tỉnh Sông Lam"
    assert drafted.abstract == f"triển khai {source}"
    assert drafted.body.startswith(f"Thực hiện {source} về nâng cao kỹ năng")


def test_the_body_asks_what_the_letter_asks_of_the_unit_and_those_below(drafted: Draft) -> None:
    lines = drafted.body.splitlines()
    assert lines[1] == "1. Tuyên truyền trên hệ thống truyền thanh cơ sở."
    assert lines[2] == "2. Chỉ đạo, đôn đốc các đơn vị trực thuộc thực hiện."
    assert lines[3].startswith("3. Báo cáo kết quả thực hiện về UBND huyện Bến Đá trước [hạn báo cáo]")


def test_tasks_for_others_and_the_bare_duty_to_report_are_left_out(cast: Cast) -> None:
    campaign = a_campaign(cast.department, [cast.district], by=cast.an)
    Task.objects.create(campaign=campaign, number="3", text="Đăng tin, bài.", bodies="Báo Sông Lam")
    Task.objects.create(campaign=campaign, number="4", text="Báo cáo kết quả về Sở trước ngày 30/3/2025.")
    body = draft(of(cast.district, campaign), versions("Xã Gò Cao"), now=NOW).body
    assert "Đăng tin" not in body
    assert body.count("Báo cáo kết quả") == 1


def test_the_symbol_of_the_last_letter_is_kept(cast: Cast, drafted: Draft) -> None:
    last = a_letter(cast.district, by=cast.binh)
    Letter.objects.filter(pk=last.pk).update(
        direction="issued", state="issued", doc_type="công văn", symbol="UBND-VHXH"
    )
    campaign = a_campaign(cast.province, [cast.district], by=cast.an)
    assert draft(of(cast.district, campaign), [], now=NOW).symbol == "UBND-VHXH"


def test_few_units_are_addressed_by_name_and_many_by_their_kinds(cast: Cast) -> None:
    few = versions("Xã Gò Cao", "Thị trấn Bến Đá")
    assert sorted(addressees(few)) == ["UBND thị trấn Bến Đá", "UBND xã Gò Cao"]
    many = versions("Xã Gò Cao", "Xã Gò Thấp", "Thị trấn Bến Đá", "Phường Chợ Cũ") * 2
    assert addressees([*many, *versions("Báo Sông Lam")]) == ["UBND các xã, thị trấn, phường", "Báo Sông Lam"]


def test_the_deadline_takes_its_place_when_the_letter_is_issued(drafted: Draft) -> None:
    typed = {**vars(drafted), "dated_on": DAY, "number": None}
    own = letter_from(drafted, typed, to=versions("Xã Gò Cao"), report_due=DUE)
    assert "trước 9 giờ ngày 30/03/2025 để" in own.content.body.replace("\u00a0", " ")
    assert own.content.recipients == ["UBND xã Gò Cao"]
    assert own.content.copies == ["Sở Thông tin và Truyền thông (để b/c)", "Lưu: VT"]
