"""A browser's own words about itself, as people would say them: "Chrome trên Windows"."""

from dataclasses import dataclass

# In this order: most browsers also name those they descend from.
_BROWSERS = (
    ("Zalo", "Zalo"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """The browser and the system; empty where not told."""

    browser: str
    system: str


def device_of(user_agent: str) -> Device:
    """What a User-Agent header tells. It is what the browser says, so it informs people and decides nothing."""
    return Device(_first(user_agent, _BROWSERS), _first(user_agent, _SYSTEMS))


def _first(text: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in text), "")
