"""Units where nobody has an account are shown to those who gave them work, and reached by e-mail and on paper."""

import pytest
from cascades import a_campaign, of, passed_on
from cast import NOW, Cast, signed_in_as

from lachan.campaigns.models import Dispatch
from lachan.channels.models import Mail
from lachan.engine.letters.files.pdf import count_pages
from lachan.foundation.refused import Refused
from lachan.letters import mailing
from lachan.letters.models import Letter
from lachan.orgs.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def dispatch(cast: Cast) -> Dispatch:
    """To Gò Cao (has an officer), Gò Thấp (has an e-mail address) and the township (has neither)."""
    Unit.objects.filter(pk=cast.other_commune.pk).update(email="gothap@songlam.example", address="Thôn 2, xã Gò Thấp")
    campaign = a_campaign(cast.department, [cast.district], by=cast.an)
    to = [cast.commune, cast.other_commune, cast.township]
    return passed_on(of(cast.district, campaign), to, by=cast.binh)


def address(dispatch: Dispatch, page: str = "chua-co-tai-khoan/") -> str:
    return f"/giao-viec/van-ban/{dispatch.pk}/{page}"


def test_they_are_shown_where_the_work_was_given(dispatch: Dispatch, cast: Cast) -> None:
    client = signed_in_as(cast.binh)
    page = client.get(f"/giao-viec/{dispatch.assignment_id}/").content.decode()
    assert "2 đơn vị được giao chưa có ai dùng tài khoản" in page
    listed = client.get(address(dispatch)).content.decode()
    assert "Xã Gò Thấp" in listed
    assert "Thị trấn Bến Đá" in listed
    assert "Xã Gò Cao" not in listed


def test_the_letter_goes_by_mail_once_with_both_files(dispatch: Dispatch, cast: Cast) -> None:
    client = signed_in_as(cast.binh)
    client.post(address(dispatch, "gui-thu/"))
    client.post(address(dispatch, "gui-thu/"))
    mail = Mail.objects.get()
    assert mail.to == "gothap@songlam.example"
    assert [one.name.rpartition(".")[2] for one in mail.attachments.all()] == ["pdf", "docx"]
    with mail.attachments.first().file.open() as file:
        assert file.read().startswith(b"%PDF")
    assert "đang chờ gửi" in client.get(address(dispatch)).content.decode()


def test_an_urgent_letter_says_so_in_the_subject(dispatch: Dispatch, cast: Cast) -> None:
    Letter.objects.filter(pk=dispatch.letter_id).update(urgency="HOẢ TỐC")
    dispatch.letter.refresh_from_db()
    unit = Unit.objects.get(pk=cast.other_commune.pk)
    [mail] = mailing.mail(dispatch.letter, [unit], by=cast.binh, now=NOW)
    assert mail.subject.startswith("[HỎA TỐC] Công văn")


def test_no_mail_goes_to_a_unit_without_an_address_or_before_the_letter_is_issued(
    dispatch: Dispatch, cast: Cast
) -> None:
    with pytest.raises(Refused, match="Thị trấn Bến Đá"):
        mailing.mail(dispatch.letter, [cast.township], by=cast.binh, now=NOW)
    dispatch.letter.state = Letter.State.SIGNING
    with pytest.raises(Refused, match="chưa phát hành"):
        mailing.mail(dispatch.letter, [cast.other_commune], by=cast.binh, now=NOW)
    assert not Mail.objects.exists()


def test_the_print_run_has_a_delivery_list_and_for_each_the_letter_and_a_blank_return(
    dispatch: Dispatch, cast: Cast
) -> None:
    client = signed_in_as(cast.binh)
    everyone = client.get(address(dispatch, "ban-giay.pdf")).content
    without_mail = client.get(address(dispatch, "ban-giay.pdf"), {"thu": "khong"}).content
    letter = count_pages(mailing.pdf_of(dispatch.letter))
    assert count_pages(everyone) == 1 + 2 * (letter + 1)
    assert count_pages(without_mail) == 1 + letter + 1


def test_only_those_who_gave_the_work_see_it(dispatch: Dispatch, cast: Cast) -> None:
    client = signed_in_as(cast.chi)
    assert client.get(address(dispatch)).status_code == 404
    assert client.post(address(dispatch, "gui-thu/")).status_code == 404
    assert client.get(address(dispatch, "ban-giay.pdf")).status_code == 404


def test_the_list_asks_the_same_however_many_units(
    cast: Cast, dispatch: Dispatch, django_assert_max_num_queries
) -> None:
    client = signed_in_as(cast.binh)
    with django_assert_max_num_queries(25):
        client.get(address(dispatch))
