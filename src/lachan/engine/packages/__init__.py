"""A report as one signed file from one installation to another, and the receipt that comes back (decision 0026)."""

from lachan.engine.packages.container import Opened, files_in, open_package, seal
from lachan.engine.packages.keys import fingerprint, is_public, new_key, public_of
from lachan.engine.packages.manifest import Kind, Manifest, Party, Request
from lachan.engine.packages.matching import Here, Matched, match
from lachan.engine.packages.receipt import Receipt
from lachan.engine.packages.report import Absent, FormOf, KindOf, Line, ListOf, Measured, Question, Report, Said
from lachan.engine.packages.unfit import Unfit, Why

__all__ = [
    "Absent",
    "FormOf",
    "Here",
    "Kind",
    "KindOf",
    "Line",
    "ListOf",
    "Manifest",
    "Matched",
    "Measured",
    "Opened",
    "Party",
    "Question",
    "Receipt",
    "Report",
    "Request",
    "Said",
    "Unfit",
    "Why",
    "files_in",
    "fingerprint",
    "is_public",
    "match",
    "new_key",
    "open_package",
    "public_of",
    "seal",
]
