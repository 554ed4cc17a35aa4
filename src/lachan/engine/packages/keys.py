"""The keys that installations sign packages with: Ed25519 (RFC 8032). A public key is written as 43 letters of base64url."""

import binascii
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_PURPOSE = b"lachan package 1\n"
"""Stands before what is signed, so that a signature made for one purpose is good for no other."""
_OCTETS = 32


def new_key() -> bytes:
    """A new private key, as PEM."""
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_of(private: bytes) -> str:
    """The public key of a private one."""
    raw = _loaded(private).public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return urlsafe_b64encode(raw).decode().rstrip("=")


def is_public(text: str) -> bool:
    """Whether it is written as a public key is."""
    return _raw(text) is not None


def fingerprint(public: str) -> str:
    """Sixteen digits by which two people on the telephone know that they hold the same key: "3F2A 90C1 77B0 E45D"."""
    digits = hashlib.sha256(_raw(public) or b"").hexdigest()[:16].upper()
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))


def sign(private: bytes, data: bytes) -> bytes:
    """The signature over `data`: 64 octets."""
    return _loaded(private).sign(_PURPOSE + data)


def holds(public: str, signature: bytes, data: bytes) -> bool:
    """Whether whoever keeps the private key of `public` signed exactly `data`."""
    raw = _raw(public)
    if raw is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, _PURPOSE + data)
    except InvalidSignature:
        return False
    return True


def _loaded(private: bytes) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(private, None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the key of this installation is not an Ed25519 key")
    return key


def _raw(public: str) -> bytes | None:
    try:
        raw = urlsafe_b64decode(public + "=" * (-len(public) % 4))
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == _OCTETS and urlsafe_b64encode(raw).decode().rstrip("=") == public else None
