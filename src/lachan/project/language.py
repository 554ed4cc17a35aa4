"""The command line's language. It is chosen before anything else is loaded, so that help comes quickly."""

import gettext
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

LANGUAGES = ("vi", "en")
LOCALE = Path(__file__).resolve().parent.parent / "locale"


def chosen(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """`--language` among the words, else LACHAN_LANGUAGE, else English where the system speaks it, else Vietnamese."""
    for place, word in enumerate(words):
        wish = words[place + 1] if word == "--language" and place + 1 < len(words) else word.removeprefix("--language=")
        if wish in LANGUAGES and word.startswith("--language"):
            return wish
    if (named := environment.get("LACHAN_LANGUAGE", "")) in LANGUAGES:
        return named
    system = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "en" if system.startswith("en") else "vi"


def speak(language: str) -> Callable[[str], str]:
    """Makes Click, argparse and the processes we start speak the language; returns the translation of our own sentences.

    Sentences are Vietnamese; where the English catalogue has not been compiled they stay so.
    """
    os.environ["LACHAN_LANGUAGE"] = os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("messages", str(LOCALE))
    return gettext.translation("django", LOCALE, [language], fallback=True).gettext
