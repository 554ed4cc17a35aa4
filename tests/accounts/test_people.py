"""Inviting people, giving and ending roles."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from at_once import at_once
from cast import NOW, PASSWORD, Cast, hire, signed_in_as
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from signing_in import log_in

from lachan.accounts.actions import Invitee, accept_invitation, invite
from lachan.accounts.models import Invitation
from lachan.channels.models import Mail
from lachan.foundation.models import AuditEntry
from lachan.orgs.actions import add_person, grant_role
from lachan.orgs.models import Grant, Person, Role


def give(client: Client, cast: Cast, **typed: str):
    return client.post(f"/don-vi/{cast.commune.pk}/giao-vai-tro/", {"role": "head", "name": "Gấm", **typed})


def link_in(answer) -> str:
    [link] = re.findall(r"http://testserver(/loi-moi/[^<\s]+)", answer.content.decode())
    return link


def come(link: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(link, {"password1": password, "password2": password, "device": "own"})
    return client


def test_a_coordinator_invites_somebody_who_then_sets_a_password(cast: Cast) -> None:
    link = link_in(give(signed_in_as(cast.an), cast, email="gam@songlam.example"))
    shown = Client().get(link).content.decode()
    assert all(words in shown for words in ("Chào Gấm", "Xã Gò Cao", "thủ trưởng"))
    assert come(link).get(f"/don-vi/{cast.commune.pk}/").status_code == 200
    gam = Person.objects.get(email="gam@songlam.example")
    assert gam.grants.get().role == Role.HEAD
    assert log_in(gam).get("/tai-khoan/").status_code == 200


def test_the_invitation_goes_by_mail(cast: Cast) -> None:
    link = link_in(give(signed_in_as(cast.an), cast, email="gam@songlam.example"))
    mail = Mail.objects.get(to="gam@songlam.example")
    assert link in mail.text
    assert "Xã Gò Cao" in mail.text


def test_the_link_works_once(cast: Cast) -> None:
    link = link_in(give(signed_in_as(cast.an), cast, email="gam@songlam.example"))
    come(link)
    assert Client().get(link).status_code == 404
    assert come(link, "mật khẩu của kẻ đến sau").get("/tai-khoan/").status_code == 302


def test_a_link_sent_again_ends_the_one_before(cast: Cast) -> None:
    client = signed_in_as(cast.an)
    first = link_in(give(client, cast, email="gam@songlam.example"))
    gam = Person.objects.get(email="gam@songlam.example")
    second = link_in(client.post(f"/don-vi/{cast.commune.pk}/nguoi/{gam.pk}/moi-lai/"))
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert Mail.objects.filter(to=gam.email).count() == 2


def test_an_old_link_does_not_work_and_the_list_says_so(cast: Cast) -> None:
    client = signed_in_as(cast.an)
    link = link_in(give(client, cast, email="gam@songlam.example"))
    assert "Đã mời, chưa đến" in client.get(f"/don-vi/{cast.commune.pk}/nguoi/").content.decode()
    Invitation.objects.update(sent_at=F("sent_at") - timedelta(days=8))
    assert Client().get(link).status_code == 404
    assert "Lời mời hết hạn" in client.get(f"/don-vi/{cast.commune.pk}/nguoi/").content.decode()


def test_an_invitation_taken_back_leaves_neither_link_nor_role(cast: Cast) -> None:
    client = signed_in_as(cast.an)
    link = link_in(give(client, cast, email="gam@songlam.example"))
    gam = Person.objects.get(email="gam@songlam.example")
    client.post(f"/don-vi/{cast.commune.pk}/nguoi/{gam.pk}/thu-hoi-loi-moi/")
    assert Client().get(link).status_code == 404
    assert not Grant.objects.in_force().filter(person=gam).exists()


def test_whoever_has_come_is_no_longer_waited_for(cast: Cast) -> None:
    link = link_in(give(signed_in_as(cast.an), cast, email="gam@songlam.example"))
    come(link)
    assert not Invitation.objects.waiting().exists()


def test_a_common_first_password_is_not_taken(cast: Cast) -> None:
    link = link_in(give(signed_in_as(cast.an), cast, email="gam@songlam.example"))
    typed = {"password1": "vietnam2025", "password2": "vietnam2025", "device": "own"}
    answer = Client().post(link, typed)
    assert answer.status_code == 422
    assert "dễ đoán" in answer.content.decode()


def test_only_a_hash_of_the_key_is_kept(cast: Cast) -> None:
    link = link_in(give(signed_in_as(cast.an), cast, email="gam@songlam.example"))
    assert link.strip("/").split("/")[-1] not in Invitation.objects.get().key_hash


def test_no_link_is_shown_for_an_account_that_holds_more_than_one_may_give(cast: Cast) -> None:
    new = invite(
        Invitee("gam@songlam.example", "Gấm", "operator"), unit=cast.province, by=cast.an, now=NOW
    ).grant.person
    coordinator = hire("Em", (Role.COORDINATOR, cast.district))
    answer = give(signed_in_as(coordinator), cast, email=new.email)
    assert answer.status_code == 302
    assert "/loi-moi/" not in answer.content.decode()


def test_a_link_opens_no_account_that_got_a_greater_role_since(cast: Cast) -> None:
    of_the_commune = hire("Đào", (Role.COORDINATOR, cast.commune))
    link = link_in(give(signed_in_as(of_the_commune), cast, email="gam@songlam.example"))
    grant_role(Person.objects.get(email="gam@songlam.example"), Role.OFFICER, cast.province, by=cast.an, now=NOW)
    assert Client().get(link).status_code == 404
    assert come(link).get("/tai-khoan/").status_code == 302


def test_no_link_is_made_into_an_account_used_through_another_server(cast: Cast) -> None:
    person = add_person(email="gam@songlam.example", name="Gấm", by=None, now=NOW)
    Person.objects.filter(pk=person.pk).update(last_login=NOW)
    answer = give(signed_in_as(cast.an), cast, email="gam@songlam.example")
    assert answer.status_code == 302
    again = signed_in_as(cast.an).post(f"/don-vi/{cast.commune.pk}/nguoi/{person.pk}/moi-lai/")
    assert "không cần lời mời nữa" in again.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_follow_one_link_at_once_set_one_password(cast: Cast) -> None:
    key = invite(Invitee("gam@songlam.example", "Gấm", Role.HEAD), unit=cast.commune, by=cast.an, now=NOW).key or ""

    def setting(password: str) -> Callable[[], object]:
        return lambda: accept_invitation(key, password=password, now=NOW)

    said = at_once([setting("một mật khẩu đủ dài"), setting("mật khẩu của kẻ đến sau")])
    assert said.count("done") == 1


def test_somebody_with_an_account_gets_the_role_and_no_link(cast: Cast) -> None:
    answer = give(signed_in_as(cast.an), cast, email=cast.chi.email.upper(), name="")
    assert answer.status_code == 302
    assert set(cast.chi.grants.values_list("role", flat=True)) == {Role.OFFICER, Role.HEAD}
    assert AuditEntry.objects.filter(verb="orgs.grant_role").latest("id").by_name == "An"


def test_a_new_person_needs_a_name(cast: Cast) -> None:
    answer = give(signed_in_as(cast.an), cast, email="gam@songlam.example", name="")
    assert answer.status_code == 409
    assert escape("Hãy điền họ và tên") in answer.content.decode()
    assert not Person.objects.filter(email="gam@songlam.example").exists()


def test_a_wrong_address_is_said_at_its_field(cast: Cast) -> None:
    answer = give(signed_in_as(cast.an), cast, email="gam")
    assert answer.status_code == 422
    assert "ten@tinh.gov.vn" in answer.content.decode()


def test_an_officer_gives_no_roles(cast: Cast) -> None:
    assert give(signed_in_as(cast.binh), cast, email="gam@songlam.example").status_code == 403


def test_a_coordinator_does_not_make_operators(cast: Cast) -> None:
    coordinator = hire("Em", (Role.COORDINATOR, cast.district))
    answer = give(signed_in_as(coordinator), cast, email="gam@songlam.example", role="operator")
    assert answer.status_code == 422
    assert not Grant.objects.filter(role=Role.OPERATOR, unit=cast.commune).exists()


def test_a_coordinator_does_not_end_an_operators_role(cast: Cast) -> None:
    coordinator = hire("Em", (Role.COORDINATOR, cast.province))
    operator = cast.an.grants.get(role=Role.OPERATOR)
    assert signed_in_as(coordinator).post(f"/vai-tro/{operator.pk}/ket-thuc/").status_code == 403


def test_a_coordinator_ends_a_role(cast: Cast) -> None:
    grant = cast.chi.grants.get()
    signed_in_as(cast.an).post(f"/vai-tro/{grant.pk}/ket-thuc/")
    grant.refresh_from_db()
    assert grant.ended_at is not None


def test_the_last_operator_stays(cast: Cast) -> None:
    operator = cast.an.grants.get(role=Role.OPERATOR)
    assert signed_in_as(cast.an).post(f"/vai-tro/{operator.pk}/ket-thuc/").status_code == 409


def test_a_role_elsewhere_is_not_known_of(cast: Cast) -> None:
    coordinator = hire("Em", (Role.COORDINATOR, cast.city))
    assert signed_in_as(coordinator).post(f"/vai-tro/{cast.chi.grants.get().pk}/ket-thuc/").status_code == 404


def test_inviting_a_closed_account_is_refused(cast: Cast) -> None:
    cast.chi.is_active = False
    cast.chi.save()
    assert give(signed_in_as(cast.an), cast, email=cast.chi.email).status_code == 409


LIST = "Họ và tên; Thư điện tử; Vai trò\nGấm; gam@songlam.example; thủ trưởng\nHạnh; hanh@songlam.example"


def paste(client: Client, cast: Cast, people: str, **more: str):
    return client.post(f"/don-vi/{cast.commune.pk}/moi-danh-sach/", {"people": people, "role": "officer", **more})


def test_a_list_is_shown_line_by_line_before_anybody_is_invited(cast: Cast) -> None:
    shown = paste(signed_in_as(cast.an), cast, LIST).content.decode()
    assert shown.count("Lập tài khoản mới và gửi thư mời") == 2
    assert not Invitation.objects.exists()


def test_a_confirmed_list_invites_all_and_sent_twice_invites_nobody_again(cast: Cast) -> None:
    client = signed_in_as(cast.an)
    for _ in range(2):
        assert paste(client, cast, LIST, confirm="1").status_code == 302
    roles = Grant.objects.filter(unit=cast.commune, person__email__in=["gam@songlam.example", "hanh@songlam.example"])
    assert sorted(roles.values_list("role", flat=True)) == ["head", "officer"]
    assert Mail.objects.count() == 2


def test_one_wrong_line_and_nobody_is_invited(cast: Cast) -> None:
    answer = paste(signed_in_as(cast.an), cast, LIST + "\nKhánh; khong phai thu", confirm="1")
    assert answer.status_code == 422
    assert "Chưa có địa chỉ thư điện tử" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_role_one_may_not_give_is_no_role_in_the_list(cast: Cast) -> None:
    coordinator = hire("Em", (Role.COORDINATOR, cast.district))
    answer = paste(signed_in_as(coordinator), cast, "Gấm; gam@songlam.example; operator", role="", confirm="1")
    assert answer.status_code == 422


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as run:
        client.get(address)
    return len(run)


def test_the_list_of_people_takes_the_same_queries_for_two_and_for_twenty(cast: Cast) -> None:
    client, page = signed_in_as(cast.an), f"/don-vi/{cast.commune.pk}/nguoi/"
    invite(Invitee("p@x.example", "P", "officer"), unit=cast.commune, by=cast.an, now=NOW)
    few = queries_of(client, page)
    for number in range(18):
        invite(Invitee(f"p{number}@x.example", f"P {number}", "officer"), unit=cast.commune, by=cast.an, now=NOW)
    assert queries_of(client, page) == few
