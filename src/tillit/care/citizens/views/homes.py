"""Where a citizen lives, the way in, and which team follows her."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.citizens import actions, contexts, forms, permissions, queries
from tillit.care.citizens.contexts.moving import offer_href
from tillit.care.citizens.forms.moving import MoveInForm
from tillit.care.citizens.queries.moving import MovesAway, move_away_of, moves_in
from tillit.care.citizens.rules.moving import MovesIn
from tillit.care.citizens.views.change import change, number_in
from tillit.care.citizens.views.places import units_to_choose
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import holds
from tillit.kernel import clock
from tillit.kernel.editions import edition_of
from tillit.kernel.errors import NotFound
from tillit.ui import formats, toasts
from tillit.ui.clashing import with_both

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@_FORM
@requires(permissions.CHANGE_HOME)
def home(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """A new address. The area suggests which team follows her there; the person decides."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    now = queries.last_home(citizen_id, on=found.today)
    form = forms.MoveForm(
        request.POST or None,
        initial={"moves_on": found.today, "seen": now.home_id if now else ""},
    )
    moves_away: list[MovesAway] = []

    def do(data: dict[str, Any]) -> str:
        actions.change_home(
            actor=request.actor,
            citizen_id=citizen_id,
            home=form.text(),
            moves_on=data["moves_on"],
            seen_home_id=data["seen"],
            at=at,
        )
        move = move_away_of(citizen_id, on=found.today)
        if move is None:
            return _("Adressen er lagret.")
        moves_away.append(move)
        return _(
            "Adressen er lagret. Etter modellen har %(team)s brukerne der. Til de har sagt ja, har dere brukeren."
        ) % {"team": move.to_unit_name}

    def page(*, changed: bool) -> contexts.ChangePage:
        lines: tuple[contexts.Line, ...] = ()
        if now is not None:
            lines = (
                contexts.Line(
                    title=", ".join(part for part in (now.street, now.floor) if part),
                    note=_("%(town)s, fra %(day)s")
                    % {"town": f"{now.postal_code} {now.place}", "day": formats.short_date(now.valid_from)},
                ),
            )
        return contexts.change_page(
            found.citizen,
            title=_("Ny adresse"),
            lead=_("Den gamle adressen blir stående som det som gjaldt før."),
            now_title=_("Bor nå"),
            lines=lines,
            nothing=_("Ingen adresse er skrevet inn."),
            form_title=_("Ny adresse"),
            submit=_("Lagre adressen"),
            changed_by_others=changed,
        )

    answer = change(request, citizen_id, form, do, page, seen=now.home_id if now else None, after="citizens:list")
    scope = queries.scope_of(citizen_id, on=found.today) if moves_away else None
    if scope is not None and holds(request.actor, permissions.OFFER_HANDOVER, scope):
        return redirect(offer_href(moves_away[0]))
    return answer


@never_cache
@_FORM
@requires(permissions.CHANGE_HOME)
def move_in(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Another day for moving here, or the help she had before."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    now = moves_in([citizen_id], on=found.today).get(citizen_id)
    if now is None:
        raise NotFound(_("Det er ikke skrevet at brukeren flytter hit."))
    now_said = {"moves_on": now.moves_on, "help_before": now.help_before}
    edition = edition_of(*now_said.values())
    form = MoveInForm(with_both(request.POST, now_said) or None, initial={**now_said, "edition": edition})

    def do(data: dict[str, Any]) -> str:
        actions.change_move_in(
            actor=request.actor,
            citizen_id=citizen_id,
            said=MovesIn(data["moves_on"], data["help_before"]),
            edition=form.seen(),
            at=at,
        )
        return _("Lagret.")

    def page(*, changed: bool) -> contexts.ChangePage:
        return contexts.change_page(
            found.citizen,
            title=_("Flytter hit"),
            lead=_("Hjelpen fra en annen kommune følger ikke med. Her blir det sett på på nytt, og vedtatt på nytt."),
            form_title=_("Flytter hit"),
            submit=_("Lagre"),
            changed_by_others=changed,
        )

    return change(
        request, citizen_id, form, do, page, seen=edition, seen_name="edition", after="citizens:list", compare=True
    )


@never_cache
@_FORM
@requires(permissions.CHANGE_HOME)
def way_in(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """How one gets in. The door code is written here, and never shown."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    now = queries.last_home(citizen_id, on=found.today)
    stands = {
        "way_in": now.way_in if now else "",
        "key_note": now.key_note if now else "",
        "practical": now.practical if now else "",
        "seen": now.home_id if now else "",
    }
    form = forms.WayInForm(with_both(request.POST, stands) or None, initial=stands)

    def do(data: dict[str, Any]) -> str:
        actions.change_way_in(
            actor=request.actor,
            citizen_id=citizen_id,
            way_in=data["way_in"],
            key_note=data["key_note"],
            practical=data["practical"],
            door_code=form.code(),
            seen_home_id=data["seen"],
            at=at,
        )
        return _("Lagret.")

    def page(*, changed: bool) -> contexts.ChangePage:
        lines: tuple[contexts.Line, ...] = ()
        if changed and now is not None:
            lines = (
                contexts.Line(
                    title=now.way_in or _("Ingen vei inn er skrevet"),
                    note=" · ".join(part for part in (now.key_note, now.practical) if part),
                ),
            )
        return contexts.change_page(
            found.citizen,
            title=_("Vei inn"),
            lead=_("Det den som står ved døra trenger. Koden vises bare når noen ber om den."),
            now_title=_("Står der nå") if changed else "",
            lines=lines,
            form_title=_("Vei inn"),
            submit=_("Lagre"),
            changed_by_others=changed,
        )

    return change(request, citizen_id, form, do, page, seen=now.home_id if now else None, compare=True)


@never_cache
@_FORM
@requires(permissions.CHANGE_FOLLOWING)
def following(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Which team follows the citizen."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    if "end" in request.POST:
        actions.stop_following(
            actor=request.actor,
            citizen_id=citizen_id,
            following_id=number_in(request, "end"),
            valid_to=found.today,
            at=at,
        )
        toasts.say(request, _("Teamet følger ikke brukeren lenger."))
        return redirect("citizens:list")
    edition = queries.edition_of_following(citizen_id)
    form = forms.FollowingForm(
        request.POST or None,
        units=units_to_choose(request, on=found.today, everywhere=True),
        initial={"valid_from": found.today, "edition": edition},
    )

    def do(data: dict[str, Any]) -> str:
        if data["part"].strip():
            actions.follow_part(
                actor=request.actor,
                citizen_id=citizen_id,
                unit_id=data["unit"],
                part=data["part"],
                valid_from=data["valid_from"],
                at=at,
            )
        else:
            actions.hand_over(
                actor=request.actor,
                citizen_id=citizen_id,
                unit_id=data["unit"],
                valid_from=data["valid_from"],
                edition=form.seen(),
                at=at,
            )
        return _("Lagret. De som er med i teamet, ser brukeren fra dagen du valgte.")

    def page(*, changed: bool) -> contexts.ChangePage:
        return contexts.change_page(
            found.citizen,
            title=_("Team"),
            lead=_("Et nytt team overtar hele oppfølgingen, eller følger en del av den ved siden av."),
            now_title=_("Følger brukeren"),
            lines=tuple(
                contexts.Line(
                    title=f"{line.unit_name}: {line.part}" if line.part else line.unit_name,
                    note=_("Fra %(day)s") % {"day": formats.short_date(line.valid_from)},
                    end_name="end" if line.part else "",
                    end_value=str(line.following_id),
                    end_label=_("Avslutt"),
                )
                for line in found.around.followings
            ),
            form_title=_("Nytt team"),
            submit=_("Lagre"),
            changed_by_others=changed,
        )

    return change(request, citizen_id, form, do, page, seen=edition, seen_name="edition", after="citizens:list")
