"""A message goes over TLS only to whom a trusted certificate names."""

import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cast import NOW
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lachan.api import posting
from lachan.api.posting import Answered, post
from lachan.engine.webhooks import Target

FROM, UNTIL = NOW - timedelta(days=3650), NOW + timedelta(days=36500)


def certificate_of(address: str, folder: Path) -> Path:
    """A certificate that names an address, signed by nobody else, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, address)])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), FROM, UNTIL)
    named = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
    signed = made.add_extension(named, critical=False).sign(key, hashes.SHA256())
    file = folder / f"{address}.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(signed.public_bytes(Encoding.PEM) + private)
    return file


class Taking(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_about: object) -> None:
        pass


@pytest.fixture(params=["127.0.0.1", "127.0.0.2"])
def receiver(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Target, Path, bool]]:
    """Listens at 127.0.0.1: its address, its certificate, and whether that names this address."""
    certificate = certificate_of(request.param, tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = HTTPServer(("127.0.0.1", 0), Taking)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_about: None  # type: ignore[method-assign]  # those who hang up
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield Target(True, "127.0.0.1", server.server_address[1], "/"), certificate, request.param == "127.0.0.1"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_certificate_nobody_trusts_gets_no_message(receiver: tuple[Target, Path, bool]) -> None:
    answered = post(receiver[0], "{}", {}, inside=True)
    assert answered.status is None
    assert "certificate verify failed" in answered.words


def test_a_trusted_certificate_gets_the_message_where_it_names_the_receiver(
    receiver: tuple[Target, Path, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    target, certificate, names_it = receiver
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(posting, "_trust", lambda: trusting)
    answered = post(target, "{}", {}, inside=True)
    assert answered == Answered(204, "") if names_it else answered.status is None
