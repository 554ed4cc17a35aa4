"""Whether letters can be one Vietnamese syllable: to rejoin what a line break cut."""

import re
import unicodedata
from functools import lru_cache

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|[bcdđghklmnprstvx])?"
_RIME = (
    r"(?:uyê(?:n|t)|uya|uyu|uy(?:nh|ch|t|p|n)?|iêu|yêu|iê(?:n|ng|c|t|m|p)|yê(?:n|ng|t|m)|ia|uô(?:i|n|ng|c|t|m)|ua|"
    r"ươ(?:i|u|n|ng|c|t|m|p)|ưa|ưu|oai|oay|oao|oeo|uây|uâ(?:n|ng|t)|oa(?:n|ng|nh|c|ch|t|m|p)?|oă(?:n|ng|c|t|m)|"
    r"oe(?:n|t)?|uê(?:nh|ch)?|uơ|[aăâ](?:n|ng|c|t|m|p)|a(?:nh|ch|i|y|o|u)?|â(?:u|y)|e(?:n|ng|c|t|m|p|o)?|"
    r"ê(?:n|nh|ch|t|m|p|u)?|i(?:n|nh|ch|t|m|p|u)?|o(?:n|ng|c|t|m|p|i|oc|ong)?|ô(?:n|ng|c|t|m|p|i)?|ơ(?:n|t|m|p|i)?|"
    r"u(?:n|ng|c|t|m|p|i)?|ư(?:n|ng|c|t|i|u)?|y)"
)
_SYLLABLE = re.compile(_ONSET + _RIME)


@lru_cache(maxsize=20_000)
def is_syllable(letters: str) -> bool:
    """True for what Vietnamese spelling allows: "tuyến", "quý", "nghiêng"; false for "tếxã" or "yề"."""
    toned = unicodedata.normalize("NFD", letters.lower())
    if sum(c in "\u0300\u0301\u0303\u0309\u0323" for c in toned) > 1:
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", toned.translate(_TONES))) is not None
