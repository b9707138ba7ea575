"""Short messages after an act, with «Angre» instead of «er du sikker?»."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from tillit.ui.parts.part import Part

_UNDO = "undo:"


@dataclass(frozen=True, slots=True)
class Toast(Part):
    """What was done, in one sentence, and the way back. Nothing important stands in a toast only."""

    text: str
    undo_href: str = field(default="", metadata={"help": "Receives POST; empty: nothing to undo"})


def say(request: HttpRequest, text: str, *, undo_href: str = "") -> None:
    """Tell the user what was done, on this page or the next one shown.

    undo_href: where the press on «Angre» is posted. The toast stays 10 seconds and until the next keyboard act.
    """
    messages.info(request, text, extra_tags=f"{_UNDO}{quote(undo_href)}" if undo_href else "")


def waiting(stored: Iterable[Message]) -> list[Toast]:
    """The messages as toasts. Reading them empties the store, as Django's messages do."""
    return [Toast(text=str(message), undo_href=_undo_href(message.extra_tags or "")) for message in stored]


def _undo_href(extra_tags: str) -> str:
    return unquote(extra_tags.removeprefix(_UNDO)) if extra_tags.startswith(_UNDO) else ""
