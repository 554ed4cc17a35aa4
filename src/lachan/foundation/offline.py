"""Work without a network: what the app on a phone is made of. Its pages hold nobody's data."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class OfflinePart:
    """One kind of work that people do without a network. A part of the site names it: `offline = OfflinePart(…)` on its AppConfig.

    `template` draws its form, empty, with what `page`, the dotted path of a function(), gives; `script` is the module that knows
    it; `files` are static files these need besides. `pack`, the dotted path of a function(request), gives what the person takes
    along, ready for JSON.
    """

    kind: str
    template: str
    script: str
    page: str
    pack: str
    files: tuple[str, ...] = ()

    def context(self) -> dict[str, Any]:
        """What its template shows."""
        shown: dict[str, Any] = import_string(self.page)()
        return shown

    def packed(self, request: HttpRequest) -> Any:
        """What the person of `request` takes along."""
        pack: Callable[[HttpRequest], Any] = import_string(self.pack)
        return pack(request)


OWN_FILES = (
    "foundation/design.css",
    "foundation/offline/offline.css",
    "foundation/mark.svg",
    "foundation/icons/icon-192.png",
    *(
        f"foundation/fonts/be-vietnam-pro-{script}-{weight}.woff2"
        for script in ("latin", "vietnamese")
        for weight in (400, 600)
    ),
    *(
        f"foundation/offline/{name}.js"
        for name in ("app", "clock", "line", "numbers", "queue", "release", "screens", "store")
    ),
    "foundation/shrink.js",
)


def parts() -> list[OfflinePart]:
    """What can be done without a network, lower parts first."""
    return [config.offline for config in reversed(list(apps.get_app_configs())) if hasattr(config, "offline")]


def static_files() -> list[str]:
    """Every static file the app needs, by name, each once."""
    of_parts = [name for part in parts() for name in (part.script, *part.files)]
    return list(dict.fromkeys([*OWN_FILES, *of_parts]))


def pages() -> list[str]:
    """The pages the app keeps. They are the same for everybody."""
    return [reverse("offline"), reverse("offline_install")]


@cache
def version() -> str:
    """A mark of all that the app keeps: it changes when any of it does."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    """The static files, and every template and sentence of the package, since any may stand on the kept pages."""
    for name in static_files():
        found = finders.find(name)
        if found is None:
            raise RuntimeError(f"the app without a network needs {name}, which is not there")
        yield Path(found)
    package = Path(__file__).resolve().parent.parent
    yield from sorted(package.glob("*/templates/**/*.html"))
    yield from sorted(package.glob("locale/*/LC_MESSAGES/django.po"))
