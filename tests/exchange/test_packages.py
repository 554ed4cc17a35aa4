"""Reports go up as signed packages from a province to a ministry, each with a database of its own."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cascades import of, reported
from cast import NOW
from installations import Installation, answer, package, report
from recounting import added_up_alike

from lachan.engine.packages import new_key, open_package, seal
from lachan.exchange import actions
from lachan.exchange.models import Partner, SentPackage, TakenPackage
from lachan.foundation.models import AuditEntry
from lachan.foundation.refused import Refused
from lachan.orgs.models import Unit
from lachan.reporting.figures import figures
from lachan.reporting.models import Obligation, Return
from lachan.reporting.taking import take as take_down
from lachan.reporting.totals import figure, totals

Two = tuple[Installation, Installation]


def told(it: Installation) -> dict[str, tuple[object, int, int, int]]:
    """The whole of the campaign: each number with how many units owed, sent and left it out."""
    known = totals(it.campaign, None)
    of = {one.text: (figure(known.whole, one), known.whole.states[one.key].coverage) for one in known.questions[:4]}
    return {text: (value, c.expected, c.received, c.empty) for text, (value, c) in of.items()}


def five_report(province: Installation) -> None:
    """All but Gò Thấp: those of the district, the newspaper and education."""
    cast = province.cast
    with province.open():
        answer(province, cast.district, "7", "Không có", "40", "1", "50,5", "Lớp A | 30")
        answer(province, cast.commune, "1200", "Loa truyền thanh hỏng.", "300", "0", "33,25", "Lớp B | 12\nLớp C | 5")
        answer(province, cast.township, "0")
        answer(province, cast.press, "30", "Thiếu tài liệu", "", "2")
        answer(province, cast.education, "5", "", "", "", "100")


def take(ministry: Installation, data: bytes) -> TakenPackage:
    """Bring it in, as the ministry's coordinator."""
    return actions.take(actions.verify(ministry.unit, data), data, by=ministry.person, now=NOW)


def receipt_of(taken: TakenPackage) -> bytes:
    with taken.receipt.open("rb") as file:
        return bytes(file.read())


def answered(province: Installation, receipt: bytes) -> SentPackage:
    """Load what came back."""
    with province.open():
        return actions.take_receipt(actions.verify(province.unit, receipt), by=province.person, now=NOW)


def refused(ministry: Installation, data: bytes) -> str:
    """Why it is not even looked into; nothing of it is kept."""
    with ministry.open():
        before = AuditEntry.objects.count()
        with pytest.raises(Refused) as no:
            actions.verify(ministry.unit, data)
        assert (TakenPackage.objects.count(), AuditEntry.objects.count()) == (0, before)
    return str(no.value)


def test_the_ministry_has_the_figures_of_the_province_to_the_unit(two: Two) -> None:
    province, ministry = two
    five_report(province)
    with province.open():
        sent, missing = told(province), take_down(province.campaign, None, now=NOW).missing
    data = package(province)
    with ministry.open():
        taken = take(ministry, data)
        assert (taken.state, taken.reasons) == ("taken", [])
        other = (1, 0, 0)  # Núi Hồng, which has not reported
        assert told(ministry) == {
            text: (value, *(mine + more for mine, more in zip(counts, other, strict=True)))
            for text, (value, *counts) in sent.items()
        }
        known, place = figures(ministry.campaign), of(Unit.objects.get(code="99"), ministry.campaign)
        added_up_alike(known, None, totals(ministry.campaign, None))
        added_up_alike(known, place, totals(ministry.campaign, place))
        above = take_down(ministry.campaign, None, now=NOW)
        assert [one.name for one in above.missing] == ["UBND tỉnh Núi Hồng", *(one.name for one in missing)]
        assert above.missing[1].via == "UBND huyện Bến Đá"
        assert (above.expected, above.received) == (7, 5)
        assert sum(kind.expected for kind in above.kinds) == 7
        assert above.lists[0].count == 3


def test_the_same_package_twice_is_taken_once(two: Two) -> None:
    province, ministry = two
    five_report(province)
    data = package(province)
    with ministry.open():
        first, entries = take(ministry, data), AuditEntry.objects.count()
        assert take(ministry, data) == first
        assert (Return.objects.count(), AuditEntry.objects.count()) == (1, entries)


def test_a_later_package_takes_the_place_of_the_earlier_which_stays(two: Two) -> None:
    province, ministry = two
    five_report(province)
    earlier = package(province)
    with province.open():
        answer(province, province.cast.other_commune, "100")
    later = package(province)
    with ministry.open():
        first, second = take(ministry, earlier), take(ministry, later)
        assert second.version and first.version
        [change] = [one for one in second.version.changes_since(first.version) if one.question.is_number][:1]
        assert (change.was, change.now, change.difference) == (1242, 1342, 100)
        assert second.version.obligation.counted == second.version
        assert Return.objects.get(pk=first.version.pk).values == first.version.values


def test_an_earlier_package_after_a_later_one_is_refused(two: Two) -> None:
    province, ministry = two
    five_report(province)
    earlier, later = package(province), package(province)
    with ministry.open():
        take(ministry, later)
        assert take(ministry, earlier).reasons == ["Đã nhận gói lần 2, mới hơn gói này."]
        assert Return.objects.count() == 1


def test_the_receipt_goes_back_and_says_it_was_taken(two: Two) -> None:
    province, ministry = two
    data = package(province)
    with ministry.open():
        receipt = receipt_of(take(ministry, data))
    sent = answered(province, receipt)
    assert (sent.state, sent.reasons, sent.answered_at) == (SentPackage.State.RECEIVED, [], NOW)
    assert answered(province, receipt).state == SentPackage.State.RECEIVED


def test_a_refusal_goes_back_with_its_reasons_and_changes_no_figure(two: Two) -> None:
    province, ministry = two
    data = package(province)
    with ministry.open():
        Obligation.objects.all().delete()
        furnished = Unit.objects.get(code="99")
        assert furnished
        taken = take(ministry, data)
        reason = (
            "Không tìm thấy việc giao cho UBND tỉnh Sông Lam theo văn bản 116/KH-UBND. Chọn chiến dịch khi nhập gói."
        )
        assert (taken.state, taken.reasons, taken.version) == ("refused", [reason], None)
        receipt = receipt_of(taken)
    sent = answered(province, receipt)
    assert (sent.state, sent.reasons) == (SentPackage.State.REFUSED, [reason])


def test_a_form_that_asks_for_more_refuses_and_says_what_lacks(two: Two) -> None:
    province, ministry = two
    data = package(province)
    with ministry.open():
        asked = Obligation.objects.first().form.questions.first()  # type: ignore[union-attr]  # each has a form
        asked.text = "Số buổi tuyên truyền miệng"
        asked.save()
        taken = take(ministry, data)
        assert "“Số buổi tuyên truyền miệng”" in taken.reasons[0]
        assert Return.objects.count() == 0


def test_what_people_of_the_unit_reported_here_is_not_written_over(two: Two) -> None:
    province, ministry = two
    data = package(province)
    with ministry.open():
        reported(of(Unit.objects.get(code="99"), ministry.campaign), by=ministry.person)
        assert "đã báo cáo trực tiếp tại đây (bản 1)" in take(ministry, data).reasons[0]


def test_a_package_for_another_is_refused(two: Two) -> None:
    province, ministry = two
    with province.open():
        partner = Partner.objects.get()
        other = actions.add_partner(
            province.unit, code="G10", name="Bộ Y tế", public_key=partner.public_key, by=province.person, now=NOW
        )
        sent = actions.pack(report(province), partner=other, by=province.person, now=NOW)
        with sent.file.open("rb") as file:
            data = file.read()
    assert refused(ministry, data) == "Gói này gửi cho Bộ Y tế (mã G10), không phải cho đơn vị này."


def test_a_package_of_somebody_unknown_is_refused(two: Two) -> None:
    province, ministry = two
    data = package(province)
    with ministry.open():
        actions.end_partner(Partner.objects.get(), by=ministry.person, now=NOW)
    assert "Chưa đăng ký khóa của UBND tỉnh Sông Lam (mã 99)" in refused(ministry, data)


def test_a_package_that_somebody_else_signed_is_refused(two: Two) -> None:
    province, ministry = two
    opened = open_package(package(province))
    forged = seal(replace(opened.manifest, files=()), opened.files, new_key())
    assert "Chữ ký của gói không đúng" in refused(ministry, forged)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda data: data[: len(data) // 2], "Gói bị hỏng hoặc chưa tải về hết."),
        (lambda data: b"%PDF-1.7" + data, "không phải gói báo cáo"),
        (lambda data: b"", "không phải gói báo cáo"),
    ],
    ids=["cut short", "another kind", "empty"],
)
def test_a_file_that_is_no_whole_package_is_refused_in_a_sentence(two: Two, harm: Any, said: str) -> None:
    province, ministry = two
    assert said in refused(ministry, harm(package(province)))


def test_a_receipt_for_a_package_that_was_changed_says_nothing(two: Two) -> None:
    province, ministry = two
    data = package(province)
    with ministry.open():
        receipt = receipt_of(take(ministry, data))
    with province.open():
        SentPackage.objects.update(digest="0" * 64)
    with pytest.raises(Refused, match="không nói về gói nào"):
        answered(province, receipt)


def test_a_report_is_packed_once_for_a_partner(two: Two) -> None:
    province, _ministry = two
    with province.open():
        made = report(province)
        one = actions.pack(made, partner=Partner.objects.get(), by=province.person, now=NOW)
        assert actions.pack(made, partner=Partner.objects.get(), by=province.person, now=NOW) == one


def test_the_key_is_made_once_and_nobody_else_reads_it(tmp_path: Path, settings: Any) -> None:
    from lachan.exchange import own_key

    settings.PACKAGE_KEY = tmp_path / "keys" / "key.pem"
    assert own_key.public_key() == own_key.public_key()
    assert settings.PACKAGE_KEY.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in settings.PACKAGE_KEY.parent.iterdir()] == ["key.pem"]
