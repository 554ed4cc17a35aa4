"""The file itself: a zip of a manifest, its signature, and the files it lists by SHA-256. Nothing else may be in it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import IO

from lachan.engine.letters.files.archive import open_archive
from lachan.engine.letters.files.unreadable import Reason, Unreadable
from lachan.engine.packages import keys
from lachan.engine.packages.manifest import FORMAT, VERSION, Content, Manifest
from lachan.engine.packages.typed import built, parsed
from lachan.engine.packages.unfit import Unfit, Why

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
MOST_FILES = 20
MOST_OCTETS = 100 * 1024 * 1024
_NAME = re.compile(r"[a-z][a-z0-9-]{0,60}\.[a-z]{3,4}")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a zip: the same content makes the same file


@dataclass(frozen=True)
class Opened:
    """A package whose files are those its manifest lists. Whether to believe it is for `is_signed_by` to say."""

    manifest: Manifest
    files: Mapping[str, bytes]
    signed: bytes  # the manifest as it was signed
    signature: bytes

    @property
    def digest(self) -> str:
        """What a receipt names it by: the SHA-256 of its manifest, and so of all that is in it."""
        return hashlib.sha256(self.signed).hexdigest()

    def is_signed_by(self, public: str) -> bool:
        """Whether the keeper of that key signed it as it is."""
        return keys.holds(public, self.signature, self.signed)


def seal(manifest: Manifest, files: Mapping[str, bytes], private: bytes) -> bytes:
    """The package: `manifest`, which gets the list of the files, signed, and the files."""
    listed = tuple(Content(name, len(data), _sum(data)) for name, data in files.items())
    signed = json.dumps(asdict(replace(manifest, files=listed)), ensure_ascii=False, indent=1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {MANIFEST: signed, SIGNATURE: keys.sign(private, signed), **files}.items():
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def open_package(data: bytes) -> Opened:
    """Take a package apart, in memory alone. Raises Unfit for one that is damaged, changed, or made to do harm."""
    archive = _archive(data)
    names = [one.filename for one in archive.infolist()]
    if MANIFEST not in names or SIGNATURE not in names:
        raise Unfit(Why.NOT_A_PACKAGE)
    for one in archive.infolist():
        if names.count(one.filename) > 1 or not _NAME.fullmatch(one.filename) or one.external_attr >> 28 == 0xA:
            raise Unfit(Why.STRANGE_FILE, one.filename[:60])
    signed, signature = _read(archive, MANIFEST), _read(archive, SIGNATURE)
    manifest = _manifest(signed)
    wanted = {one.name: one for one in manifest.files}
    if lacking := wanted.keys() - set(names):
        raise Unfit(Why.LACKS, min(lacking))
    if strange := set(names) - wanted.keys() - {MANIFEST, SIGNATURE}:
        raise Unfit(Why.STRANGE_FILE, min(strange))
    files = {name: _read(archive, name) for name in wanted}
    for name, content in files.items():
        if (len(content), _sum(content)) != (wanted[name].octets, wanted[name].sha256):
            raise Unfit(Why.CHANGED, name)
    return Opened(manifest, files, signed, signature)


def files_in(package: IO[bytes], *names: str) -> list[bytes]:
    """The named files of a package that was opened and judged before; neither they nor the others are judged again."""
    with zipfile.ZipFile(package) as archive:
        return [archive.read(name) for name in names]


def _archive(data: bytes) -> zipfile.ZipFile:
    if not data.startswith(b"PK"):
        raise Unfit(Why.NOT_A_PACKAGE)
    try:
        archive = open_archive(data)
    except Unreadable as problem:
        raise Unfit(Why.SWELLS if problem.reason_code is Reason.BOMB else Why.DAMAGED) from None
    files = archive.infolist()
    if len(files) > MOST_FILES or sum(one.file_size for one in files) > MOST_OCTETS:
        raise Unfit(Why.SWELLS)
    return archive


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """One file, no longer than it says it is: the library stops there and compares its checksum."""
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise Unfit(Why.DAMAGED, name) from None


def _manifest(signed: bytes) -> Manifest:
    given = parsed(signed, MANIFEST)
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise Unfit(Why.NOT_A_PACKAGE)
    if isinstance(version := given.get("version"), int) and version > VERSION:
        raise Unfit(Why.NEWER, str(version))
    made: Manifest = built(Manifest, given, MANIFEST)
    return made


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
