"""The hidden words of a file: whose it is, of which form, and what it showed; sealed, so that a change to them shows."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from lachan.engine.drafts import mark_of
from lachan.engine.offline_form.form import OfflineForm
from lachan.engine.offline_form.refusals import NotTaken, Reason

_WORDS = re.compile(r"lachan1:(?P<load>[A-Za-z0-9_=-]+)\.(?P<seal>[0-9a-f]{64})")
_MOST = 2 * 10**6


@dataclass(frozen=True, slots=True)
class Stamp:
    """`keys` name the answers that the file asks for; `marks`, by key, what it showed of them; `places` its marked rows."""

    reference: str
    unit_code: str
    version: int
    revision: int
    keys: Sequence[str]
    marks: Mapping[str, str]
    places: Sequence[str] = ()


def stamp_of(form: OfflineForm, places: Sequence[str] = ()) -> Stamp:
    """The stamp of a file of this form."""
    keys = [ask.key for ask in form.asks()]
    marks = {ask.key: mark_of(answer) for ask in form.asks() if (answer := form.answer(ask))}
    return Stamp(form.reference, form.unit_code, form.version, form.revision, keys, marks, tuple(places))


def sealed(stamp: Stamp, secret: bytes) -> str:
    """The stamp as the words to hide in a file."""
    load = base64.urlsafe_b64encode(zlib.compress(json.dumps(asdict(stamp)).encode())).decode()
    return f"lachan1:{load}.{_seal(load, secret)}"


def unsealed(text: str, secret: bytes) -> Stamp:
    """The stamp among the words of a file. Raises NotTaken when there is none, or it was changed."""
    found = _WORDS.search("".join(text.split()))
    if not found:
        raise NotTaken(Reason.FOREIGN)
    if not hmac.compare_digest(_seal(found["load"], secret), found["seal"]):
        raise NotTaken(Reason.TAMPERED)
    return Stamp(**json.loads(zlib.decompressobj().decompress(base64.urlsafe_b64decode(found["load"]), _MOST)))


def refuse_unless_of(stamp: Stamp, form: OfflineForm) -> None:
    """Raises NotTaken for the file of another unit, another report or another version of the form."""
    if stamp.unit_code != form.unit_code:
        raise NotTaken(Reason.OTHER_UNIT, unit=form.unit)
    if stamp.reference != form.reference:
        raise NotTaken(Reason.OTHER_REPORT)
    if stamp.version != form.version:
        raise NotTaken(Reason.OTHER_VERSION, theirs=str(stamp.version), ours=str(form.version))


def _seal(load: str, secret: bytes) -> str:
    return hmac.new(secret, b"offline form:" + load.encode(), hashlib.sha256).hexdigest()
