"""Certificates to practise signing with: a root made on the spot, and keys under it. Nothing of it is trusted by anybody."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

_BITS = 2048


@dataclass(frozen=True, repr=False)
class Practice:
    """A root of one's own: its key is not kept beyond the moment."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """The root's certificate, to be put among those trusted where one wants to practise."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def practice_root(name: str, *, starts: datetime, ends: datetime) -> Practice:
    """Make a root."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    certificate = (
        _certificate(name, key, starts, ends)
        .issuer_name(_named(name))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Practice(key, certificate)


def practice_key(root: Practice, name: str, password: str, *, starts: datetime, ends: datetime) -> bytes:
    """Make a key for somebody, with its certificate under the root, as a PKCS#12 file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    certificate = (
        _certificate(name, key, starts, ends)
        .issuer_name(root.certificate.subject)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key()), critical=False)
        .sign(root.key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, [root.certificate], locked)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(name: str, key: rsa.RSAPrivateKey, starts: datetime, ends: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(ends)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
