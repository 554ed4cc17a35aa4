"""Places for signatures in a PDF, and signing one of them (PAdES baseline B, ETSI EN 319 142-1)."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle

from lachan.engine.signing.boxes import Box
from lachan.engine.signing.stamps import Look, drawn

_POINTS = 72 / 25.4
_FILLING = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID,
    y_align=AxisAlignment.ALIGN_MID,
    margins=Margins(),
    inner_content_scaling=InnerScaling.SHRINK_TO_FIT,
)


class CannotSign(Exception):
    """Why it was not signed: "password", "key", "picture" or "file"."""

    def __init__(self, why: str) -> None:
        """Say why in one word."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A PKCS#12 file (.p12, .pfx) and its password, used for one signature and kept nowhere."""

    data: bytes
    password: str


def prepare(pdf: bytes, fields: Mapping[str, Box]) -> bytes:
    """Add an empty signature field, by name, in each box."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    high = _page_height(writer)
    for name, box in fields.items():
        append_signature_field(writer, SigFieldSpec(name, on_page=box.page - 1, box=_corners(box, high)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _page_height(writer: IncrementalPdfFileWriter) -> float:
    """Of page 1; the pages on which people sign are all as high."""
    page = writer.find_page_for_modification(0)[0].get_object()
    return float(page["/MediaBox"][3])


def _corners(box: Box, high: float) -> tuple[int, int, int, int]:
    top = high - box.top * _POINTS
    left = box.left * _POINTS
    return (round(left), round(top - box.height * _POINTS), round(left + box.width * _POINTS), round(top))


def sign(pdf: bytes, field: str, box: Box, key: Key, look: Look) -> bytes:
    """Sign the field with the key; what was signed before stays as it is. Raises CannotSign.

    The time in the signature is that of the machine, as the library takes it.
    """
    signer = _signer(key)
    try:
        content = drawn(look, box)
    except ValueError as problem:
        raise CannotSign("picture") from problem
    style = StaticStampStyle(background=content, background_layout=_FILLING, border_width=0)
    wanted = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    out = io.BytesIO()
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        PdfSigner(wanted, signer, stamp_style=style).sign_pdf(writer, existing_fields_only=True, output=out)
    except (SigningError, PdfError) as problem:
        raise CannotSign("file") from problem
    return out.getvalue()


def _signer(key: Key) -> SimpleSigner:
    password = key.password.encode()
    try:
        private, certificate, _others = pkcs12.load_key_and_certificates(key.data, password)
    except ValueError as problem:
        raise CannotSign("password" if "password" in str(problem).lower() else "key") from problem
    if private is None or certificate is None:
        raise CannotSign("key")
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(key.data, [], password)
    except ValueError as problem:
        raise CannotSign("key") from problem
    return signer
