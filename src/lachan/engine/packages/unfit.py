"""Why a file is not a package that can be taken."""

from enum import StrEnum


class Why(StrEnum):
    NOT_A_PACKAGE = "not a package"
    DAMAGED = "damaged"  # cut short, or changed on the way
    SWELLS = "swells"  # made to fill the memory
    STRANGE_FILE = "strange file"  # a path, a doubled name, a file the manifest does not list
    CHANGED = "changed"  # a file is not what the manifest says
    LACKS = "lacks"  # a file is missing
    NEWER = "newer"  # made by a later version of the format
    WRONG_TYPE = "wrong type"  # a field is not what it must be
    BAD_SIGNATURE = "bad signature"
    DOES_NOT_ADD_UP = "does not add up"


class Unfit(Exception):
    """The file is refused: why, and where in it."""

    def __init__(self, why: Why, where: str = "") -> None:
        """Say why, and where."""
        super().__init__(f"{why}: {where}")
        self.why, self.where = why, where
