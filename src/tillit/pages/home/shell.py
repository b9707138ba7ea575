"""The frame around every page: menus, team, user. One context processor; lazy: pages without frame pay nothing."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tillit.care.citizens.permissions import OPEN_EMERGENCY
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.grounds import Ground
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.access.roles import ROLE_NAMES, Role
from tillit.foundation.login.frame import lock_of
from tillit.foundation.workforce.queries import marks
from tillit.pages.home import menu
from tillit.pages.home.teams import around, chosen
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts.people import HelperMark
from tillit.ui.shell import Banner, LanguageChoice, Me, MenuLink, Shell, TeamChoice

_LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor: `shell` for templates that extend `ui/base.html`. Four queries for a user with a team."""
    return {"shell": SimpleLazyObject(lambda: build(request))}


def build(request: HttpRequest) -> Shell:
    """Return the frame for this request. Without a signed-in user only the brand and the language choice are drawn."""
    here = request.path
    languages = tuple(LanguageChoice(code, name, code == get_language()) for code, name in _LANGUAGES)
    actor: Actor | None = getattr(request, "actor", None)
    user = getattr(request, "user", None)
    if actor is None or not isinstance(user, User):
        return Shell(
            municipality="", home_href="/", here=here, languages=languages, language_href=reverse("access:language")
        )
    if actor.is_private:
        return _private(request, actor, user, languages)
    places = around(request, actor)
    team = chosen(request, places.teams, actor)
    mine = marks(employee_ids=[actor.employee_id] if actor.employee_id else [])
    mark = mine.get(actor.employee_id or 0)
    roles = sorted({grant.role for grant in actor.grants}, key=list(Role).index)
    return Shell(
        municipality=places.municipality,
        home_href="/",
        me=Me(
            name=actor.name,
            role=str(ROLE_NAMES[roles[-1]]) if roles else "",
            mark=HelperMark(initials=mark.initials, name=mark.name, colour=mark.colour)
            if mark
            else HelperMark(initials=actor.name[:1], name=actor.name, colour=0),
        ),
        groups=menu.groups(request, actor, team),
        bottom=menu.bottom(request, actor, team),
        teams=tuple(TeamChoice(str(one.unit_id), one.name, one == team) for one in places.teams)
        if _has_teams(actor)
        else (),
        team_href=reverse("home:choose_team"),
        search_href=reverse("citizens:search") if menu.works_with_citizens(actor) else "",
        search_hint=_("Søk etter bruker"),
        links=(
            *(
                (MenuLink(_("Nødtilgang"), reverse("emergency:open"), "ExclamationmarkTriangle"),)
                if _may_open(actor)
                else ()
            ),
            *(
                (MenuLink(_("Det som ikke gikk igjennom"), reverse("delivery:undelivered"), "CloudSlash"),)
                if actor.employee_id
                else ()
            ),
            MenuLink(_("Hva jeg har sett på"), reverse("oversight:mine"), "Eye"),
            MenuLink(_("Hva jeg kan gjøre"), reverse("oversight:acts"), "Checkmark"),
            *(
                (MenuLink(_("Alt som er lagret om meg"), reverse("person:mine"), "Download"),)
                if actor.employee_id
                else ()
            ),
            MenuLink(_("Innstillinger"), reverse("access:preferences"), "Cog"),
            MenuLink(_("Innlogging og sikkerhet"), reverse("login:security"), "ShieldLock"),
        ),
        logout_href=reverse("login:log-out"),
        lock=lock_of(request),
        languages=languages,
        language_href=reverse("access:language"),
        here=here,
        banners=_banners(actor),
        colour_scheme=user.colour_scheme,  # type: ignore[arg-type]
    )


def _private(request: HttpRequest, actor: Actor, user: User, languages: tuple[LanguageChoice, ...]) -> Shell:
    """The frame around Min side: no menus, no search, nothing of the work. One query, for the municipality's name."""
    return Shell(
        municipality=around(request, actor).municipality,
        home_href=reverse("minside:start"),
        me=Me(
            name=actor.name,
            role=_("Min side"),
            mark=HelperMark(initials=actor.name[:1], name=actor.name, colour=0),
        ),
        logout_href=reverse("login:log-out"),
        lock=lock_of(request),
        languages=languages,
        language_href=reverse("access:language"),
        here=request.path,
        colour_scheme=user.colour_scheme,  # type: ignore[arg-type]
    )


def _may_open(actor: Actor) -> bool:
    return holds_anywhere(actor, OPEN_EMERGENCY)


def _banners(actor: Actor) -> tuple[Banner, ...]:
    """The emergency accesses that are open: one cannot forget them."""
    return tuple(
        Banner(
            text=_("Nødtilgang til kl. %(clock)s. Alt du ser, blir gjennomgått.")
            % {"clock": formats.clock(one.until, page_language())},
            href=reverse("citizens:page", args=[one.citizen_id]),
            link=_("Se brukeren"),
            end_href=reverse("emergency:end", args=[one.opening_id]),
            end=_("Lukk nødtilgangen"),
        )
        for one in actor.openings
        if one.ground == Ground.EMERGENCY
    )


def _has_teams(actor: Actor) -> bool:
    """Whether a page of hers is a team's: not for those who follow the work by traces or figures alone."""
    return any(grant.role not in {Role.PRIVACY_REVIEWER, Role.RESEARCHER} for grant in actor.grants)
