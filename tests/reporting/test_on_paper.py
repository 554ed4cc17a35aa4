"""What a unit without an account sent on paper is entered for it, by those who gave it the work and by nobody else."""

import io
from datetime import date

import pytest
from cascades import DUE, a_campaign, of, passed_on
from cast import DAY, NOW, Cast, hire, signed_in_as
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lachan.campaigns.models import Assignment
from lachan.engine.drafts import Page
from lachan.foundation.refused import Refused
from lachan.orgs.models import Role
from lachan.reporting.actions import on_paper
from lachan.reporting.actions.on_paper import Sheet
from lachan.reporting.models import Obligation, Paper, Return

pytestmark = pytest.mark.django_db
SHEET = Sheet(DAY, "Lê Thị Sáu")


@pytest.fixture(autouse=True)
def _files(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def given(cast: Cast) -> Assignment:
    """The district passes on to a commune with an officer (Gò Cao) and one without anybody (Gò Thấp)."""
    campaign = a_campaign(cast.department, [cast.district], by=cast.an)
    passed_on(of(cast.district, campaign), [cast.commune, cast.other_commune], by=cast.binh)
    return of(cast.other_commune, campaign)


def numbers(obligation: Obligation, number: str = "7") -> dict[str, str]:
    return {q.key: number if q.is_number else "Đã làm." for q in obligation.questions.all()}


def entered(given: Assignment, by, *, sheet: Sheet = SHEET, key: str = "một") -> Return:
    obligation = Obligation.objects.for_page().get(assignment=given)
    return on_paper.report(obligation, typed=numbers(obligation), page=Page(key), sheet=sheet, by=by, now=NOW)


def test_receipt_is_confirmed_as_the_paper_says(given: Assignment, cast: Cast) -> None:
    on_paper.receive(given, sheet=SHEET, by=cast.binh, now=NOW)
    given.refresh_from_db()
    assert (given.received_by, Paper.objects.get().signed_by) == (cast.binh, "Lê Thị Sáu")


def test_the_same_receipt_entered_twice_is_one_paper(given: Assignment, cast: Cast) -> None:
    papers = [on_paper.receive(given, sheet=SHEET, by=cast.binh, now=NOW) for _ in range(2)]
    assert papers[0] == papers[1]
    assert Paper.objects.count() == 1


def test_a_paper_return_counts_at_once_and_says_that_it_was_entered(given: Assignment, cast: Cast) -> None:
    version = entered(given, cast.binh)
    assert Obligation.objects.get(assignment=given).counted == version
    assert version.paper.entered_by == cast.binh
    words = "Nhập thay theo bản giấy ngày 10/03/2025, Lê Thị Sáu ký; Bình nhập."
    assert words in signed_in_as(cast.binh).get(version.get_absolute_url()).content.decode()
    campaign, district = given.campaign, of(cast.district, given.campaign)
    arriving = f"/chien-dich/{campaign.pk}/bao-cao-den/{district.pk}/"
    assert "nhập thay theo bản giấy" in signed_in_as(cast.binh).get(arriving).content.decode()


def test_sent_twice_it_is_entered_once(given: Assignment, cast: Cast) -> None:
    assert entered(given, cast.binh) == entered(given, cast.binh)
    assert Paper.objects.count() == 1


@pytest.mark.parametrize("who", ["an", "chi"])
def test_only_those_who_gave_the_work_enter_it(who: str, given: Assignment, cast: Cast) -> None:
    person = hire("Giang", (Role.OFFICER, cast.department)) if who == "an" else cast.chi
    with pytest.raises(Refused, match="Chỉ cán bộ của đơn vị giao việc"):
        entered(given, person)
    for page in ("xac-nhan-thay", "bao-cao-thay"):
        assert signed_in_as(person).get(f"/giao-viec/{given.pk}/{page}/").status_code == 404


def test_nobody_reports_for_a_unit_whose_own_people_can(given: Assignment, cast: Cast) -> None:
    own = of(cast.commune, given.campaign)
    with pytest.raises(Refused, match="đã có người dùng tài khoản"):
        entered(own, cast.binh)
    page = signed_in_as(cast.binh).get(f"/giao-viec/{own.pk}/bao-cao-thay/").content.decode()
    assert "nên tự báo cáo" in page
    assert "Ghi báo cáo thay" not in page


def test_a_paper_of_tomorrow_is_refused(given: Assignment, cast: Cast) -> None:
    with pytest.raises(Refused, match="không thể sau hôm nay"):
        entered(given, cast.binh, sheet=Sheet(date(2025, 3, 11), "Sáu"))


def png() -> bytes:
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, "PNG")
    return out.getvalue()


def posted(cast: Cast, given: Assignment, scan: bytes, **changed: str):
    obligation = Obligation.objects.get(assignment=given)
    typed = {f"q{key}": text for key, text in numbers(obligation).items()}
    form = typed | {"dated_on": "10/03/2025", "signed_by": "Sáu", "request_key": "k"} | changed
    return signed_in_as(cast.binh).post(
        f"/giao-viec/{given.pk}/bao-cao-thay/", form | {"scan": SimpleUploadedFile("quét.png", scan)}
    )


def running(given: Assignment) -> None:
    """The pages read the clock: the return is due in the future."""
    Obligation.objects.filter(assignment=given).update(due_at=DUE.replace(year=2100))


def test_it_is_entered_through_its_page_with_the_scan(given: Assignment, cast: Cast) -> None:
    running(given)
    answer = posted(cast, given, png())
    paper = Paper.objects.get()
    assert answer.url == paper.version.get_absolute_url()
    obligation = paper.version.obligation_id
    assert signed_in_as(cast.chi).get(f"/bao-cao/{obligation}/ban-giay/{paper.pk}").status_code == 404
    file = signed_in_as(cast.binh).get(f"/bao-cao/{obligation}/ban-giay/{paper.pk}")
    assert b"".join(file.streaming_content) == png()
    assert file["Content-Disposition"].startswith("attachment")
    file.close()


@pytest.mark.parametrize(
    ("scan", "changed", "sentence"),
    [
        (b"MZ", {}, "Bản quét cần là tệp PDF, PNG hoặc JPG"),
        (png(), {"signed_by": ""}, "Người ký bản giấy"),
        (png(), {"number": "nhiều"}, "số nguyên"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    scan: bytes, changed: dict[str, str], sentence: str, given: Assignment, cast: Cast
) -> None:
    running(given)
    obligation = Obligation.objects.get(assignment=given)
    first = next(q for q in obligation.questions.all() if q.is_number)
    wrong = {f"q{first.key}": changed["number"]} if "number" in changed else changed
    answer = posted(cast, given, scan, **wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert f'value="{wrong.get(f"q{first.key}", "7")}"' in page
    assert not Return.objects.filter(obligation=obligation).exists()
