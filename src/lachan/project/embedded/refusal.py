"""How the embedded database says no, in both languages."""


class EmbeddedRefused(Exception):
    """The embedded database cannot be used as things are. The text says why and what to do, in Vietnamese and in English."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese}\n{english}")
