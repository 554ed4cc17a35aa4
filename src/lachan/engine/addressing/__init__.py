"""Recipients of a letter, resolved to units by rule.

`resolve` reads the lines after "Kính gửi" against the tree on the letter's date. Whatever matches nothing comes back unmatched,
with its words, so that a person can settle it: nothing is dropped.
"""

from lachan.engine.addressing.book import AddressableGroup, AddressableUnit
from lachan.engine.addressing.finder import How
from lachan.engine.addressing.reader import Resolved, resolve

__all__ = ["AddressableGroup", "AddressableUnit", "How", "Resolved", "resolve"]
