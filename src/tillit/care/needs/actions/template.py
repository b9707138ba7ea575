"""The template of the conversation: shipped with Tillit, changed by making a new version."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.needs import rules, shipped_template
from tillit.care.needs.models import ConversationTemplate
from tillit.care.needs.permissions import CHANGE_TEMPLATE
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile


class TemplateNotUsable(ActionRefused):
    """Something in the template is missing or unclear. `problems` says what."""

    def __init__(self, problems: tuple[rules.TemplateProblem, ...]) -> None:
        super().__init__(" ".join(words_for(problem) for problem in problems))
        self.problems = problems


def words_for(problem: rules.TemplateProblem) -> str:
    """Return the problem in plain words."""
    match problem:
        case rules.TemplateProblem.NO_QUESTIONS:
            return _("Malen har ingen spørsmål.")
        case rules.TemplateProblem.TOO_MANY:
            return _("Malen har for mange spørsmål. Høyst 40.")
        case rules.TemplateProblem.NO_WORDS:
            return _("Spørsmålet om brukerens egne ord må være med, og bare ett.")
        case rules.TemplateProblem.EMPTY_TEXT:
            return _("Hvert spørsmål må ha en tekst og høre til en del.")
        case rules.TemplateProblem.CODE_TWICE:
            return _("To spørsmål har samme kode.")
        case rules.TemplateProblem.CODE_UNREADABLE:
            return _("Et spørsmål har en kode som ikke kan brukes.")
        case rules.TemplateProblem.UNKNOWN_KIND:
            return _("Et spørsmål er av et slag som ikke finnes.")


@transaction.atomic
def ship_template(*, at: datetime) -> ConversationTemplate:
    """Store the template that Tillit ships, unless there is one. Run again, it changes nothing.

    Done when the product is set up, by no person; it is in use from the day of `at`, or from the first conversation.
    """
    found, _made = ConversationTemplate.objects.get_or_create(
        code=shipped_template.CODE,
        version=1,
        defaults={
            "name": shipped_template.NAME,
            "questions": rules.write(shipped_template.QUESTIONS),
            "in_use_from": oslo.day_of(at),
        },
    )
    return found


@transaction.atomic
def make_template_version(
    *,
    actor: Actor,
    name: str,
    questions: Sequence[rules.Question],
    seen_version: int,
    in_use_from: date,
    at: datetime,
) -> ConversationTemplate:
    """Make the next version of the template; conversations begun with older versions keep theirs.

    seen_version: the newest version the actor saw. Raises NotAllowed, TemplateNotUsable, ChangedMeanwhile.
    """
    scope = Scope(actor.paths_for(CHANGE_TEMPLATE.roles))
    require(actor, CHANGE_TEMPLATE, scope)
    if problems := rules.problems_in(questions):
        raise TemplateNotUsable(problems)
    newest = (
        ConversationTemplate.objects.select_for_update().filter(code=shipped_template.CODE).order_by("-version").first()
    )
    version = newest.version if newest else 0
    if version != seen_version:
        raise ChangedMeanwhile(
            _("Noen andre laget en ny versjon mens du skrev. Det du skrev, står her ennå. Sammenlign før du lagrer."),
            seen=seen_version,
            now=version,
        )
    stored = ConversationTemplate.objects.create(
        code=shipped_template.CODE,
        version=version + 1,
        name=name.strip() or shipped_template.NAME,
        questions=rules.write(questions),
        in_use_from=in_use_from,
    )
    audit.record(
        actor,
        CHANGE_TEMPLATE,
        f"conversationtemplate:{stored.pk}",
        scope,
        at=at,
        change={"version": stored.version, "from": in_use_from.isoformat(), "questions": len(questions)},
    )
    return stored
