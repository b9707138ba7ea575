"""The menus: where one can go, with what waits there. Each place is there for those who may open it."""

from dataclasses import replace

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.permissions import DECIDE_ACCESS_TERMS, REVIEW_EMERGENCY
from tillit.care.citizens.queries.emergencies import count_to_review
from tillit.care.citizens.queries.handover import count_handovers
from tillit.care.decisions.permissions import KEEP_PRACTICE, READ_NUMBERS
from tillit.care.decisions.queries.queue import count_waiting
from tillit.care.journal.permissions import DECIDE_TERMS
from tillit.care.journal.queries import count_waiting as count_to_sign
from tillit.care.letters.permissions import READ_TEMPLATES
from tillit.care.notices.permissions import READ_NOTICES
from tillit.care.notices.queries import count_open as count_notices
from tillit.care.therapy.permissions import DECIDE_TERMS as DECIDE_THERAPY
from tillit.care.therapy.permissions import READ_LIST, WORK_CASE
from tillit.care.therapy.queries import count_of_holder, groups_of
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import READ_PRIVACY, REVIEW_LOOKUPS, SEE_WHO_MAY, holds_anywhere
from tillit.foundation.access.roles import IN_THE_TEAM, Role
from tillit.foundation.keeping.permissions import SEE_RETENTION
from tillit.foundation.login.permissions import SET_RULES
from tillit.foundation.organisation.permissions import SEE_ORGANISATION
from tillit.foundation.organisation.rules import ids_in
from tillit.foundation.workforce.permissions import GIVE_LOGIN
from tillit.kernel import clock, oslo
from tillit.learning.improvement.permissions import SEE_PILOTS
from tillit.learning.insight.permissions import SEE_FIGURES
from tillit.learning.surveys.permissions import SEE_RESULTS as SEE_SURVEYS
from tillit.pages.home.teams import Team
from tillit.teamwork.deviations.permissions import ANSWER_DEVIATION, REPORT_DEVIATION
from tillit.teamwork.deviations.queries import count_to_answer as count_deviations
from tillit.ui.shell import NavGroup, NavItem

#: Where the menu's place for models is the current one; duties and units have places of their own.
_MODEL_PAGES = tuple(
    f"responsibility:{name}"
    for name in (
        "models", "model", "variants", "check", "principles", "edit-principles", "copy-model", "name-variant",
        "adjust-model", "discard-draft", "change-cell", "undo-cell", "take-back", "enact", "ship-models",
    )
)  # fmt: skip

#: The municipality's own targets and rates stand among the frame, not among the cases.
_FIGURE_PAGES = ("decisions:figures", "decisions:numbers")
#: The lists themselves and their deadlines stand among the frame.
_THERAPY_FRAME = ("therapy:groups", "therapy:terms")
_PRACTICE_PAGES = ("decisions:practice", "decisions:new_practice", "decisions:new_rate")


def works_with_citizens(actor: Actor) -> bool:
    """Whether she has citizens to see: in a team, or leading the district."""
    return any(grant.role in IN_THE_TEAM | {Role.DISTRICT_LEADER} for grant in actor.grants)


def goes_out(actor: Actor) -> bool:
    """Whether she may have visits of her own."""
    return any(grant.role in IN_THE_TEAM for grant in actor.grants)


def _item(
    request: HttpRequest,
    label: str,
    icon: str,
    name: str,
    *within: str,
    but: tuple[str, ...] = (),
    short: str = "",
    **kwargs: object,
) -> NavItem:
    """Return a place in the menu. It is current on its own page and on those whose names begin with one of `within`.

    but: pages among those that have another place in the menu.
    """
    match = request.resolver_match
    here = match.view_name if match else ""
    return NavItem(
        label=label,
        href=reverse(name, kwargs=kwargs or None),
        icon=icon,
        current=here == name or (here not in but and here.startswith(within or (name.split(":")[0] + ":",))),
        short_label=short,
    )


def groups(request: HttpRequest, actor: Actor, team: Team | None) -> tuple[NavGroup, ...]:
    """Return the side menu's groups for one who is signed in, in the team she has chosen."""
    work: list[NavItem] = []
    if works_with_citizens(actor):
        if goes_out(actor):
            work.append(_item(request, _("Min dag"), "Clock", "myday:today"))
        if team:
            work.append(
                _item(request, _("Teamtavla"), "RectangleSections", "teamboard:board", "teamboard:", "changeover:",
                      but=("teamboard:everything",), unit_id=team.unit_id)
            )  # fmt: skip
            work.append(
                _item(request, _("Det som mangler"), "Tasklist", "teamboard:everything", "teamboard:everything",
                      unit_id=team.unit_id)
            )  # fmt: skip
        work.append(_citizens(request))
        led = _led_unit(actor)
        if led is not None:
            work.append(_item(request, _("Ikke hjemme"), "Hospital", "stays:list", "stays:", unit_id=led))
        work.append(_cases(request, actor))
        therapy = _therapy(request, actor)
        if therapy is not None:
            work.append(therapy)
        signing = _signing(request, actor)
        if signing is not None:
            work.append(signing)
        if holds_anywhere(actor, REPORT_DEVIATION):
            work.append(_deviations(request, actor))
        if team:
            if holds_anywhere(actor, READ_NOTICES):
                work.append(_notices(request, actor, team))
            work.append(_handovers(request, team, stays=led is None))
            work.append(_evaluation(request, team))
            work.append(_planning(request, team))
            work.append(
                _item(request, _("Vakter"), "Branching", "responsibility:duties",
                      "responsibility:duties", "responsibility:new-duty", "responsibility:arrange-duty", "workforce:",
                      unit_id=team.unit_id)
            )  # fmt: skip
    groups = [
        (_("Arbeidet"), work),
        (_("Utviklingen"), _learning(request, actor)),
        (_("Rammene"), _frame(request, actor)),
        (_("Tilgang og innsyn"), _oversight(request, actor)),
    ]
    return tuple(NavGroup(label, tuple(items)) for label, items in groups if items)


def _deviations(request: HttpRequest, actor: Actor) -> NavItem:
    """What went wrong, with how many wait for her answer."""
    item = _item(request, _("Avvik"), "ExclamationmarkTriangle", "deviations:list", "deviations:")
    count = count_deviations(actor) if holds_anywhere(actor, ANSWER_DEVIATION) else 0
    return replace(item, count=count, count_words=_("å svare på")) if count else item


def _learning(request: HttpRequest, actor: Actor) -> list[NavItem]:
    """What the work is measured and improved by."""
    found = []
    if holds_anywhere(actor, SEE_FIGURES):
        found.append(_item(request, _("Innsikt"), "LineGraph", "insight:start", "insight:"))
    if holds_anywhere(actor, SEE_PILOTS):
        found.append(_item(request, _("Forbedring"), "LightBulb", "improvement:index", "improvement:"))
    if holds_anywhere(actor, SEE_SURVEYS):
        found.append(_item(request, _("Undersøkelser"), "ClipboardCheckmark", "surveys:list", "surveys:",
                           short=_("Under­søkelser")))  # fmt: skip
    return found


def _frame(request: HttpRequest, actor: Actor) -> list[NavItem]:
    """What the work is organised by."""
    frame = []
    if holds_anywhere(actor, SEE_ORGANISATION):
        frame.append(
            _item(request, _("Organisasjon"), "Buildings3", "organisation:index", "organisation:", "authority:",
                  short=_("Organi­sasjon"))
        )  # fmt: skip
    frame.append(_item(request, _("Modeller"), "Table", "responsibility:models", *_MODEL_PAGES))
    if holds_anywhere(actor, READ_NUMBERS) and not works_with_citizens(actor):
        frame.append(_item(request, _("Saker i tall"), "BarChart", "decisions:figures", *_FIGURE_PAGES))
    if holds_anywhere(actor, KEEP_PRACTICE):
        frame.append(_item(request, _("Frister og satser"), "Hourglass", "decisions:practice", *_PRACTICE_PAGES))
    if holds_anywhere(actor, READ_TEMPLATES):
        frame.append(_item(request, _("Brevmaler"), "EnvelopeClosed", "letters:templates", "letters:"))
    if holds_anywhere(actor, DECIDE_THERAPY):
        frame.append(_item(request, _("Ventelister for terapi"), "Hourglass", "therapy:groups", "therapy:groups",
                           "therapy:terms"))  # fmt: skip
    if _may_import(actor):
        frame.append(_item(request, _("Innlesing"), "Upload", "files:index"))
    return frame


def _oversight(request: HttpRequest, actor: Actor) -> list[NavItem]:
    """Who gets in, who looked, and how long things are kept."""
    found = []
    if works_with_citizens(actor) and holds_anywhere(actor, REVIEW_EMERGENCY):
        found.append(_emergencies(request, actor))
    if holds_anywhere(actor, REVIEW_LOOKUPS):
        found.append(_item(request, _("Innsyn"), "Eye", "oversight:review", "oversight:review"))
    if holds_anywhere(actor, READ_PRIVACY):
        found.append(_item(request, _("Personvern"), "Shield", "oversight:privacy", "oversight:privacy"))
    if any(grant.role in GIVE_LOGIN.roles for grant in actor.grants):
        found.append(_item(request, _("Tilganger"), "KeyHorizontal", "workforce:login-units"))
    if holds_anywhere(actor, SEE_WHO_MAY):
        found.append(_item(request, _("Hvem kan hva"), "ClipboardCheckmark", "oversight:acts", "oversight:acts"))
    if holds_anywhere(actor, SEE_RETENTION):
        found.append(_item(request, _("Oppbevaring"), "Seal", "oversight:kept", "oversight:kept"))
    if holds_anywhere(actor, DECIDE_ACCESS_TERMS):
        found.append(_item(request, _("Innsynsregler"), "Hourglass", "protection:terms", "protection:terms"))
    if holds_anywhere(actor, DECIDE_TERMS):
        found.append(_item(request, _("Signeringsregler"), "PencilWriting", "journal:terms", "journal:terms"))
    if holds_anywhere(actor, SET_RULES):
        found.append(_item(request, _("Regler for innlogging"), "ShieldLock", "login:rules", "login:rules"))
    return found


def _citizens(request: HttpRequest) -> NavItem:
    return _item(request, _("Brukere"), "PersonGroup", "citizens:list", "citizens:", "needs:", "careplans:", "journal:",
        but=("journal:waiting", "journal:draft", "journal:terms"),
    )  # fmt: skip


def _cases(request: HttpRequest, actor: Actor) -> NavItem:
    """Cases, with how many wait for her. One query."""
    item = _item(request, _("Saker"), "Folder", "decisions:queue", "decisions:", but=_PRACTICE_PAGES)
    return replace(item, count=count_waiting(actor=actor, on=oslo.day_of(clock.now())), count_words=_("venter på deg"))


def _therapy(request: HttpRequest, actor: Actor) -> NavItem | None:
    """A therapist's own cases, with how many; for those who lead, the lists. One query, none for others."""
    if holds_anywhere(actor, WORK_CASE):
        item = _item(request, _("Mine saker"), "PersonGroup", "therapy:mine", "therapy:", but=_THERAPY_FRAME)
        count = count_of_holder(actor.employee_id) if actor.employee_id else 0
        return replace(item, count=count, count_words=_("følger du")) if count else item
    if not holds_anywhere(actor, READ_LIST):
        return None
    lists = groups_of(actor)
    if not lists:
        return None
    return _item(request, _("Terapilister"), "Hourglass", "therapy:waiting", "therapy:", but=_THERAPY_FRAME,
                 group_id=lists[0].group_id)  # fmt: skip


def _emergencies(request: HttpRequest, actor: Actor) -> NavItem:
    """Emergency accesses for a leader, with how many wait for her review. One query."""
    item = _item(
        request, _("Nødtilganger"), "ExclamationmarkTriangle", "emergency:list", "emergency:list", "emergency:review",
        short=_("Nød­tilganger"),
    )  # fmt: skip
    waiting = count_to_review(actor)
    return replace(item, count=waiting, count_words=_("venter på gjennomgang"), urgent=waiting > 0)


def _signing(request: HttpRequest, actor: Actor) -> NavItem | None:
    """What waits for her signature or answer in the journals. No place in the menu while nothing does."""
    item = _item(request, _("Signering"), "PencilWriting", "journal:waiting", "journal:waiting", "journal:draft")
    waiting = count_to_sign(actor=actor, at=clock.now())
    return replace(item, count=waiting, count_words=_("venter på deg")) if waiting or item.current else None


def _notices(request: HttpRequest, actor: Actor, team: Team) -> NavItem:
    """Notices, with how many wait for her or for nobody in particular. One query."""
    item = _item(request, _("Meldinger"), "Chat", "notices:list", "notices:", unit_id=team.unit_id)
    waiting = count_notices(unit_id=team.unit_id, employee_id=actor.employee_id, on=oslo.day_of(clock.now()))
    return replace(item, count=waiting, count_words=_("venter på svar"))


def _led_unit(actor: Actor) -> int | None:
    """The district, or what else is above teams, that she leads: its list of those away spans its teams. No query."""
    paths = sorted(actor.paths_for({Role.DISTRICT_LEADER}), key=len)
    return ids_in(paths[0])[-1] if paths else None


def _handovers(request: HttpRequest, team: Team, *, stays: bool) -> NavItem:
    """What passes between the team and others, with how many wait for its answer. One query.

    stays: the list of those away has no place of its own in her menu.
    """
    item = _item(
        request, _("Overleveringer"), "ArrowForward", "handover:list", "handover:", "questions:",
        *(("stays:",) if stays else ()),
        short=_("Overle­veringer"), unit_id=team.unit_id,
    )  # fmt: skip
    found = count_handovers(unit_ids=(team.unit_id,), on=oslo.day_of(clock.now()))[team.unit_id]
    return replace(item, count=found.to_do, count_words=_("venter på svar"))


def _evaluation(request: HttpRequest, team: Team) -> NavItem:
    return _item(
        request, _("Mål og mestring"), "HikingTrailSign", "evaluations:due", "evaluations:", "courses:",
        short=_("Mestring"), unit_id=team.unit_id,
    )  # fmt: skip


def _planning(request: HttpRequest, team: Team) -> NavItem:
    return _item(
        request, _("Planlegging"), "Calendar", "planning:current", "planning:",
        short=_("Plan­legging"), unit_id=team.unit_id,
    )  # fmt: skip


def _may_import(actor: Actor) -> bool:
    return any(grant.role in {Role.ADMINISTRATOR, Role.TEAM_LEADER, Role.DISTRICT_LEADER} for grant in actor.grants)


def bottom(request: HttpRequest, actor: Actor, team: Team | None) -> tuple[NavItem, ...]:
    """Return the places at the bottom of a phone. Empty for those who work with no citizens."""
    if not works_with_citizens(actor):
        return ()
    items = [_item(request, _("Min dag"), "Clock", "myday:today")] if goes_out(actor) else []
    items.append(_citizens(request))
    if team:
        items.append(_item(request, _("Teamtavla"), "RectangleSections", "teamboard:board", unit_id=team.unit_id))
        items.append(_planning(request, team))
    return tuple(items)
