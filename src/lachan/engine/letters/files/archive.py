"""A zip file opened with care: nothing is inflated before its size has been looked at."""

import io
import zipfile

from lxml import etree

from lachan.engine.letters.files.unreadable import Reason, Unreadable

_MAX_FILES = 5_000
_MAX_TOTAL = 300 * 1024 * 1024
_MAX_XML = 60 * 1024 * 1024
_MAX_RATIO = 200  # a Word file of plain prose inflates about twentyfold
_RATIO_FROM = 5 * 1024 * 1024

Element = etree._Element


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive in `data`. Raises Unreadable for one that is damaged, encrypted, or made to fill the memory."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        raise Unreadable(Reason.DAMAGED) from None
    files = archive.infolist()
    if any(file.flag_bits & 0x1 for file in files):
        raise Unreadable(Reason.ENCRYPTED)
    if len(files) > _MAX_FILES or sum(file.file_size for file in files) > _MAX_TOTAL or any(map(_swells, files)):
        raise Unreadable(Reason.BOMB)
    return archive


def _swells(file: zipfile.ZipInfo) -> bool:
    return file.file_size > _RATIO_FROM and file.file_size > _MAX_RATIO * max(1, file.compress_size)


def xml(archive: zipfile.ZipFile, name: str) -> Element | None:
    """The root of one XML part; None when there is no such part. Raises Unreadable for entities, a DTD, or broken XML."""
    if name not in archive.namelist():
        return None
    if archive.getinfo(name).file_size > _MAX_XML:
        raise Unreadable(Reason.BOMB)
    try:
        with archive.open(name) as part:
            data = part.read(_MAX_XML + 1)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise Unreadable(Reason.DAMAGED) from None
    return _parsed(data)


def _parsed(data: bytes) -> Element:
    if any(
        mark in data
        for mark in (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
    ):
        raise Unreadable(Reason.BOMB)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable(Reason.DAMAGED) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(Reason.BOMB)
    return root
