"""The embedded PostgreSQL, under our own supervision: `with embedded.running(): …`."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from lachan.project.embedded.cluster import Cluster
from lachan.project.embedded.keeper import keeping
from lachan.project.embedded.refusal import EmbeddedRefused

__all__ = ["Cluster", "EmbeddedRefused", "running"]


@contextmanager
def running() -> Iterator[None]:
    """The database of the settings, up and answering inside the block.

    With DATABASE_URL nothing is started. Otherwise joins the embedded server if one runs, or starts it and stops it at the end.
    Raises EmbeddedRefused where it cannot be used.
    """
    if settings.DATABASE_URL:
        yield
        return
    with keeping(Cluster(settings.VAR)):
        yield
