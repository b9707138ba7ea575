"""What matters to the citizen, and the conversation about it."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.needs import queries as needs
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import (
    Action,
    Matters,
    MattersMore,
)


def matters_of(
    first_name: str,
    words: needs.Words | None,
    conversations: list[needs.ConversationLine],
    *,
    today: date,
) -> Matters:
    """Return what matters, or that nobody has asked, or why it is not said yet."""
    label = _("Hva er viktig for %(name)s") % {"name": first_name}
    if words is None:
        done = next((line for line in conversations if line.state == needs.ConversationState.DONE), None)
        if done is not None and done.no_words_reason:
            ask = done.no_words_reason
            if done.try_again_on is not None:
                again = formats.near_date(done.try_again_on, today=today, language=page_language())
                ask = _("%(reason)s. Vi spør igjen %(day)s.") % {"reason": ask.rstrip(". "), "day": again}
            return Matters(label=_("%(name)s har ikke sagt det ennå") % {"name": first_name}, ask=ask)
        return Matters(
            label=_("Vi har ikke spurt ennå"),
            ask=_("Spør %(name)s hva som er viktig. Ordene følger med på besøk, i planen og på telefonen.")
            % {"name": first_name},
        )
    more = []
    if words.good_days:
        more.append(MattersMore(_("Det gir gode dager"), words.good_days))
    if words.rather_not:
        more.append(MattersMore(_("Det vil %(name)s helst slippe") % {"name": first_name}, words.rather_not))
    return Matters(text=words.words, label=label, more=tuple(more), foot=_said(words))


def _said(words: needs.Words) -> str:
    said_on = formats.short_date(words.said_on, page_language())
    colleagues = [name for name in words.with_names if name not in words.own_names]
    if colleagues:
        first = _("Samtale %(day)s med %(names)s.") % {"day": said_on, "names": _and(colleagues)}
    else:
        first = _("Sagt %(day)s.") % {"day": said_on}
    sentences = [first]
    if words.own_names:
        sentences.append(
            ngettext("%(names)s var med.", "%(names)s var med.", len(words.own_names))
            % {"names": _and(list(words.own_names))}
        )
    if words.review_on is not None:
        sentences.append(
            _("Ses på igjen innen %(day)s.") % {"day": formats.short_date(words.review_on, page_language())}
        )
    return " ".join(sentences)


def _and(found: list[str]) -> str:
    if len(found) < 2:
        return "".join(found)
    return _("%(first)s og %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def conversation_action(citizen_id: int, *, has_draft: bool, asked: bool) -> Action:
    """Return the press that starts a conversation, or goes on with the draft."""
    if has_draft:
        return Action(
            label=_("Fortsett samtalen"),
            href=reverse("needs:conversation", args=[citizen_id]),
            icon="PersonChat",
            variant="secondary" if asked else "primary",
        )
    return Action(
        label=_("Ny samtale") if asked else _("Start samtalen"),
        href=reverse("needs:start", args=[citizen_id]),
        post=True,
        icon="PersonChat",
        variant="secondary" if asked else "primary",
    )


def draft_note(draft: needs.ConversationLine | None, *, today: date) -> str:
    """Return who wrote in the draft last, in words; empty without a draft."""
    if draft is None:
        return ""
    when = formats.near_moment(draft.saved_at, today=today, language=page_language())
    if not draft.saved_by:
        return _("Det ligger et utkast fra %(when)s.") % {"when": when}
    return _("Det ligger et utkast. %(name)s skrev sist %(when)s.") % {"name": draft.saved_by, "when": when}
