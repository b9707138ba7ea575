"""What needs answer when the journal asks for the words of an entry: registered at start-up (`config.wiring`)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.journal.sources import Content
from tillit.care.needs import rules
from tillit.care.needs.models import Conversation, WhatMatters
from tillit.foundation.access.actor import Actor
from tillit.ui import formats

_NOTHING = {"words": "", "short_words": "", "good_days": "", "rather_not": ""}


class TalkKeeper:
    """Answers for TALK: a conversation about what matters, with what was said in it."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return what was said, question by question, in one query."""
        rows = Conversation.objects.filter(pk__in=list(row_ids)).select_related("template")
        return {row.pk: self._content(row) for row in rows}

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return with whom each conversation was."""
        return dict(Conversation.objects.filter(pk__in=list(row_ids)).values_list("pk", "citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty the conversation, and what it said matters: the words before it count again."""
        Conversation.objects.filter(pk=row_id).update(answers={}, short_words="", place="", no_words_reason="")
        WhatMatters.objects.filter(conversation_id=row_id).update(**_NOTHING)

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """A conversation is corrected by a note, or by a new conversation."""
        return None

    def _content(self, row: Conversation) -> Content:
        said = {code: str(text).strip() for code, text in row.answers.items()}
        asked = [(question["code"], question["text"]) for question in row.template.questions]
        told = [f"{text} {said[code]}" for code, text in asked if code != rules.WORDS and said.get(code)]
        if row.no_words_reason:
            told.insert(0, row.no_words_reason)
        held = _("Samtalen var %(day)s.") % {"day": formats.short_date(row.held_on)}
        return Content(
            title=_("Samtale om hva som er viktig"),
            text=said.get(rules.WORDS, ""),
            facts=(held, *told),
            icon="PersonChat",
        )


class MattersKeeper:
    """Answers for MATTERS: what was said to matter outside a conversation."""

    def contents(self, row_ids: Iterable[int]) -> Mapping[int, Content]:
        """Return the words, in one query."""
        return {
            row.pk: Content(
                title=_("Hva er viktig"),
                text=row.words,
                facts=tuple(text for text in (row.good_days, row.rather_not) if text),
                icon="PersonChat",
            )
            for row in WhatMatters.objects.filter(pk__in=list(row_ids))
        }

    def citizens_of(self, row_ids: Iterable[int]) -> Mapping[int, int]:
        """Return who said it."""
        return dict(WhatMatters.objects.filter(pk__in=list(row_ids)).values_list("pk", "citizen_id"))

    def remove(self, row_id: int, *, at: datetime) -> None:
        """Empty the words: those before them count again."""
        WhatMatters.objects.filter(pk=row_id).update(**_NOTHING)

    def write_again(self, row_id: int, *, text: str, actor: Actor, at: datetime) -> int | None:
        """Words are corrected by a note, or by newer words."""
        return None
