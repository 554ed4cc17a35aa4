"""What the signatures of a PDF say: by whom, when, and whether the file is still what was signed."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext


class Standing(StrEnum):
    """What can be said of the certificate."""

    TRUSTED = "trusted"  # issued under one of the roots that the operator trusts
    UNKNOWN = "unknown"  # under a root that nobody here has said to trust
    OUT_OF_DATE = "out of date"  # at the moment of examining


@dataclass(frozen=True, slots=True)
class Examined:
    """One signature. `holds`: it is whole and nothing but further signatures was added to the file since."""

    field: str
    signer: str
    organisation: str
    issuer: str
    signed_at: datetime | None
    holds: bool
    standing: Standing


def examine(pdf: bytes, *, trusted: Sequence[bytes], at: datetime) -> list[Examined]:
    """Look at every signature of a PDF, in the order they were made; none for a file that cannot be read.

    `trusted`: certificates of roots, PEM or DER. No network is used, so a certificate that was revoked is not found out.
    """
    roots = [root for data in trusted for root in _certificates(data)]
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        return [_examined(one, roots, at) for one in signatures]
    except (PdfError, ValueError, KeyError, TypeError):
        return []


def _certificates(data: bytes) -> list[x509.Certificate]:
    if pem.detect(data):
        return [x509.Certificate.load(der) for _type, _headers, der in pem.unarmor(data, multiple=True)]
    return [x509.Certificate.load(data)]


def _examined(one: EmbeddedPdfSignature, roots: Sequence[x509.Certificate], at: datetime) -> Examined:
    certificate = one.signer_cert
    is_current = certificate.not_valid_before <= at <= certificate.not_valid_after
    holds, is_trusted = False, False
    try:
        context = ValidationContext(trust_roots=list(roots), allow_fetching=False, moment=at)
        status = validate_pdf_signature(one, context)
        level = status.modification_level
        only_signed = level is not None and level <= ModificationLevel.FORM_FILLING
        holds = status.intact and status.valid and only_signed
        is_trusted = status.trusted
    except SignatureValidationError:
        pass  # what cannot be made sense of does not hold
    standing = Standing.TRUSTED if is_trusted else Standing.UNKNOWN if is_current else Standing.OUT_OF_DATE
    subject = certificate.subject.native
    return Examined(
        field=one.field_name,
        signer=_first(subject.get("common_name", "")),
        organisation=_first(subject.get("organization_name", "")),
        issuer=_first(certificate.issuer.native.get("common_name", "")),
        signed_at=one.self_reported_timestamp,
        holds=holds,
        standing=standing,
    )


def _first(name: str | list[str]) -> str:
    return name if isinstance(name, str) else ", ".join(name)


def continues(pdf: bytes, earlier: bytes) -> bool:
    """Whether a file is the earlier one with something added behind it, as a signature is."""
    return len(pdf) > len(earlier) and pdf.startswith(earlier)
