"""A SAML identity provider (pysaml2) with a key of its own; it signs with the program xmlsec1."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAME_FORMAT_BASIC, NAMEID_FORMAT_TRANSIENT
from saml2.server import Server
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

HERE = "http://testserver"
SSO = "http://idp.example/sso"


class Identity:
    """Its files are in `folder`; `metadata` is what the site is given of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.metadata = folder, folder / "idp.xml"
        _make_key(folder)
        self.metadata.write_text(str(entity_descriptor(IdPConfig().load(self._config([])))), encoding="utf-8")

    def meet(self, metadata: str) -> None:
        """Learn of the site by its metadata."""
        (self.folder / "sp.xml").write_text(metadata, encoding="utf-8")
        self.server = Server(config=IdPConfig().load(self._config([str(self.folder / "sp.xml")])))

    def answer(self, request: str, attributes: dict[str, str]) -> str:
        """What the browser brings back after somebody with `attributes` agreed."""
        asked = self.server.parse_authn_request(request, BINDING_HTTP_REDIRECT)
        given = self.server.response_args(asked.message)
        return str(
            self.server.create_authn_response(
                identity=attributes,
                userid="somebody",
                sign_assertion=True,
                sign_response=True,
                sign_alg=SIG_RSA_SHA256,
                digest_alg=DIGEST_SHA256,
                authn={"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"},
                **given,
            )
        )

    def _config(self, metadata: list[str]) -> dict[str, object]:
        return {
            "entityid": "http://idp.example/",
            "xmlsec_binary": "/usr/bin/xmlsec1",
            "key_file": str(self.folder / "key.pem"),
            "cert_file": str(self.folder / "cert.pem"),
            "metadata": {"local": metadata} if metadata else {},
            "service": {
                "idp": {
                    "endpoints": {"single_sign_on_service": [(SSO, BINDING_HTTP_REDIRECT), (SSO, BINDING_HTTP_POST)]},
                    "name_id_format": [NAMEID_FORMAT_TRANSIENT],
                    "policy": {
                        "default": {
                            "lifetime": {"minutes": 15},
                            "name_form": NAME_FORMAT_BASIC,
                            "fail_on_missing_requested": False,
                        }
                    },
                }
            },
        }


def _make_key(folder: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example")])
    today = datetime.now(UTC)  # noqa: TID251 - xmlsec1 reads the clock itself
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.TraditionalOpenSSL
    (folder / "key.pem").write_bytes(key.private_bytes(pem, plain, serialization.NoEncryption()))
    (folder / "cert.pem").write_bytes(certificate.public_bytes(pem))
