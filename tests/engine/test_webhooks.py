"""Where messages may go, and how they are signed."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lachan.engine.webhooks import Target, Wrong, is_public, signature_headers, target_of, wrong_with


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://truong.example/tin?x=1", Target(True, "truong.example", 443, "/tin?x=1")),
        ("HTTPS://Truong.Example", Target(True, "truong.example", 443, "/")),
        ("http://10.0.0.1:8080/a", Target(False, "10.0.0.1", 8080, "/a")),
        ("https://[2606:4700::1]/", Target(True, "2606:4700::1", 443, "/")),
    ],
)
def test_an_address_is_read(url: str, target: Target) -> None:
    assert target_of(url) == target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "truong.example",
        "ftp://truong.example/",
        "https://",
        "https:///tin",
        "https://trường.example/",
        "https://truong.example/có",
        "https://an:mk@truong.example/",
        "https://@truong.example/",
        "https://truong.example/#a",
        "https://truong.example:0/",
        "https://truong.example:99999/",
        "https://truong.example:x/",
        "https://a..b/",
        f"https://{'a' * 64}.example/",
        "https://truong.example/\r\nHost: x",
        "https://truong.example\\@10.0.0.1/",
        "https://[fe80::1%25eth0]/",
        "https://[1.2.3/",
    ],
)
def test_what_is_no_address_of_http_is_refused(url: str) -> None:
    assert wrong_with(url, inside=True) is Wrong.NO_ADDRESS


@given(st.text() | st.text().map("https://{}".format) | st.text(max_size=8).map("https://a{}b/".format))
def test_whatever_is_typed_an_address_is_read_in_plain_characters_or_refused(text: str) -> None:
    target = target_of(text)
    assert target is None or (target.host and 0 < target.port < 65536 and text.isascii() and text.isprintable())


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("https://truong.example/", None),
        ("https://8.8.8.8/", None),
        ("http://truong.example/", Wrong.NOT_SECURE),
        ("https://localhost/", Wrong.INSIDE),
        ("https://a.localhost/", Wrong.INSIDE),
        ("https://192.168.1.5/", Wrong.INSIDE),
        ("https://[::1]/", Wrong.INSIDE),
    ],
)
def test_messages_leave_the_network_and_are_not_read_on_the_way(url: str, wrong: Wrong | None) -> None:
    assert wrong_with(url, inside=False) is wrong
    assert wrong_with(url, inside=True) is None


INSIDE = """127.0.0.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.0.1 169.254.169.254 100.64.0.1 192.0.2.1 198.18.0.1 224.0.0.1 240.0.0.1
    255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fc00::1 ff02::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1
    64:ff9b::7f00:1 2002:7f00:1:: 2002:c0a8:101::"""


@pytest.mark.parametrize("address", INSIDE.split())
def test_addresses_inside_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "113.160.0.1", "2606:4700::1", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are_known(address: str) -> None:
    assert is_public(address)


def test_a_message_is_signed_as_standard_webhooks_says() -> None:
    """The example of the specification's own libraries: github.com/standard-webhooks, test of the Python library."""
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, UTC)
    made = signature_headers(key, message="msg_p5jXN8AQM9LWM0D4loKWxJek", at=at, body='{"test": 2432232314}')
    assert made == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
