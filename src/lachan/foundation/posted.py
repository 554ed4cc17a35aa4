"""What was posted and could not be taken yet: carried in a page from which it can be sent again."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

ASKED = "_asked"  # ends the name of the hidden field that carries a control's words


@dataclass(frozen=True)
class Posted:
    """Where to it was posted, and every name with its text, in order."""

    action: str
    pairs: list[tuple[str, str]]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The words of each control with what was typed into it, to be read by a person."""
        typed = dict(self.pairs)
        asked = [(name.removesuffix(ASKED), words) for name, words in self.pairs if name.endswith(ASKED)]
        return [(words, typed.get(name, "")) for name, words in asked]


def posted_in(request: HttpRequest) -> Posted:
    """What the request posts, without its token."""
    pairs = [(name, text) for name, texts in request.POST.lists() for text in texts if name != "csrfmiddlewaretoken"]
    return Posted(request.get_full_path(), pairs)


def can_be_kept(request: HttpRequest, posted: Posted) -> bool:
    """Files and passwords have to be given again, so a post with one of them is not carried."""
    return bool(posted.pairs) and not request.FILES and not any("password" in name for name, _text in posted.pairs)
