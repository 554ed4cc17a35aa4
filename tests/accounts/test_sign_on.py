"""Single sign-on against real servers on this machine: an OpenID provider, and a SAML identity provider that signs with xmlsec1."""

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from cast import NOW, Cast
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread
from saml_identity import Identity

from lachan.orgs.actions import close_account
from lachan.orgs.models import Person
from lachan.project.single_sign_on import providers


def is_in(client: Client) -> bool:
    return client.get("/tai-khoan/").status_code == 200


# --- OpenID Connect


@pytest.fixture
def oidc(settings: Any, cast: Cast) -> Iterator[str]:
    """An OpenID provider that knows Bình (confirmed), Chi (not confirmed) and a stranger."""
    people = [
        User(sub="binh", claims={"email": cast.binh.email, "email_verified": True, "mail": cast.dung.email}),
        User(sub="chi", claims={"email": cast.chi.email, "email_verified": False}),
        User(sub="stranger", claims={"email": "ai@noi-khac.example", "email_verified": True}),
    ]
    with run_server_in_thread(user_claims=people) as server:
        url = f"http://localhost:{server.server_port}"
        settings.SOCIALACCOUNT_PROVIDERS = oidc_settings(url)
        yield url


def oidc_settings(url: str, **more: str) -> Any:
    named = {"LACHAN_OIDC_URL": url, "LACHAN_OIDC_CLIENT_ID": "lachan", "LACHAN_OIDC_SECRET": "bí mật", **more}
    return providers({**named, "LACHAN_OIDC_NAME": "Cổng của tỉnh"})


def by_oidc(sub: str, client: Client | None = None, state: str | None = None) -> tuple[Client, Any]:
    """Out to the provider, `sub` agrees there, and back."""
    client = client or Client()
    out = client.get("/tai-khoan/co-quan/oidc/?next=/don-vi/")["Location"]
    back = requests.post(out, data={"sub": sub}, allow_redirects=False, timeout=10).headers["Location"]
    here = urlsplit(back.replace(parse_qs(urlsplit(back).query)["state"][0], state) if state else back)
    return client, client.get(f"{here.path}?{here.query}")


def test_a_confirmed_address_lets_its_account_in_and_leads_on(oidc: str) -> None:
    client, answer = by_oidc("binh")
    assert answer["Location"] == "/don-vi/"
    assert "Bình" in client.get("/tai-khoan/").content.decode()


def test_the_sign_in_page_names_the_server(oidc: str) -> None:
    assert "Đăng nhập bằng Cổng của tỉnh" in Client().get("/tai-khoan/login/").content.decode()


@pytest.mark.parametrize(("sub", "words"), [("chi", "chưa được xác nhận"), ("stranger", "Chưa có tài khoản ở đây")])
def test_an_unconfirmed_address_and_a_stranger_are_not_let_in(oidc: str, sub: str, words: str) -> None:
    people = Person.objects.count()
    client, answer = by_oidc(sub)
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert not is_in(client)
    assert Person.objects.count() == people


def test_a_closed_account_is_not_let_in(oidc: str, cast: Cast) -> None:
    close_account(cast.binh, by=cast.an, now=NOW)
    assert not is_in(by_oidc("binh")[0])


def test_an_answer_nobody_asked_for_is_not_taken(oidc: str) -> None:
    client, _ = by_oidc("binh", state="made-up")
    assert not is_in(client)


def test_the_address_may_stand_in_another_claim_and_be_trusted(oidc: str, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = oidc_settings(oidc, LACHAN_OIDC_EMAIL_CLAIM="mail", LACHAN_OIDC_TRUST_EMAIL="1")
    assert "Dũng" in by_oidc("binh")[0].get("/tai-khoan/").content.decode()


def test_a_server_that_is_away_is_told(oidc: str, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = oidc_settings("http://localhost:9")
    answer = Client().get("/tai-khoan/co-quan/oidc/")
    assert answer.status_code == 503
    assert "Chưa đăng nhập được" in answer.content.decode()


def test_nothing_is_on_by_default(cast: Cast) -> None:
    assert providers({}) == {}
    assert Client().get("/tai-khoan/co-quan/oidc/").status_code == 404
    assert Client().get("/tai-khoan/oidc/oidc/login/callback/").status_code == 404
    assert Client().get("/tai-khoan/saml/saml/metadata/").status_code == 404


def test_half_of_the_settings_stops_the_start_with_a_sentence() -> None:
    with pytest.raises(SystemExit, match="LACHAN_OIDC_CLIENT_ID"):
        providers({"LACHAN_OIDC_URL": "https://x.example"})
    with pytest.raises(SystemExit, match="LACHAN_SAML_METADATA"):
        providers({"LACHAN_SAML_METADATA": "/khong/co"})


# --- SAML

MAIL = "urn:mace:dir:attribute-def:mail"  # what pysaml2 calls "mail" in the answer


def browser() -> Client:
    """The SAML library asks for the name the browser called the site by, which the test client leaves out."""
    return Client(headers={"host": "testserver"})


@pytest.fixture
def saml(settings: Any, cast: Cast, tmp_path: Path) -> Identity:
    if not shutil.which("xmlsec1"):
        pytest.skip("the Debian package xmlsec1 is not here")
    identity = Identity(tmp_path)
    settings.SOCIALACCOUNT_PROVIDERS = saml_settings(identity)
    identity.meet(browser().get("/tai-khoan/saml/saml/metadata/").content.decode())
    return identity


def saml_settings(identity: Identity, **more: str) -> Any:
    named = {"LACHAN_SAML_METADATA": str(identity.metadata), "LACHAN_SAML_EMAIL_ATTRIBUTE": MAIL}
    return providers({**named, **more})


def by_saml(identity: Identity, **attributes: str) -> tuple[Client, Any]:
    """Out with a request, back with what `identity` answers, as the browser carries it."""
    client = browser()
    out = client.get("/tai-khoan/co-quan/saml/?next=/don-vi/")["Location"]
    request = parse_qs(urlsplit(out).query)["SAMLRequest"][0]
    return client, bring(client, identity.answer(request, attributes))


def bring(client: Client, answer: str) -> Any:
    posted = {"SAMLResponse": base64.b64encode(answer.encode()).decode(), "RelayState": ""}
    return client.post("/tai-khoan/saml/saml/acs/", posted, follow=True)


def test_a_signed_answer_with_a_confirmed_address_lets_in(saml: Identity, cast: Cast) -> None:
    client, answer = by_saml(saml, mail=cast.binh.email, email_verified="true")
    assert answer.redirect_chain[-1][0] == "/don-vi/"
    assert "Bình" in client.get("/tai-khoan/").content.decode()


def test_an_answer_signed_by_another_key_is_not_taken(saml: Identity, cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    forger = Identity(tmp_path / "other")
    forger.meet(browser().get("/tai-khoan/saml/saml/metadata/").content.decode())
    client, answer = by_saml(forger, mail=cast.binh.email, email_verified="true")
    assert "Chưa đăng nhập được" in answer.content.decode()
    assert not is_in(client)


def test_an_answer_changed_on_the_way_is_not_taken(saml: Identity, cast: Cast) -> None:
    client = browser()
    out = client.get("/tai-khoan/co-quan/saml/")["Location"]
    answer = saml.answer(
        parse_qs(urlsplit(out).query)["SAMLRequest"][0], {"mail": cast.chi.email, "email_verified": "true"}
    )
    bring(client, answer.replace(cast.chi.email, cast.an.email))
    assert not is_in(client)


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"mail": "ai@noi-khac.example", "email_verified": "true"}, "Chưa có tài khoản ở đây"),
        ({"mail": "binh@songlam.example"}, "chưa được xác nhận"),
        ({"email_verified": "true"}, "chưa được xác nhận"),
    ],
)
def test_a_stranger_and_an_unconfirmed_address_are_not_let_in_by_saml(
    saml: Identity, attributes: dict[str, str], words: str
) -> None:
    client, answer = by_saml(saml, **attributes)
    assert words in answer.content.decode()
    assert not is_in(client)


def test_every_address_of_a_trusted_server_is_taken(saml: Identity, cast: Cast, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = saml_settings(saml, LACHAN_SAML_TRUST_EMAIL="1")
    assert is_in(by_saml(saml, mail=cast.binh.email)[0])
