"""Two people change the same thing: the second is never let through unseen (R06).

Every address that takes a form stands in one of two lists: what carries the edition it was shown with, or why two
cannot meet there. From the URL configuration: a new address without a decision fails here.
"""

import re
from enum import StrEnum

from django.db import transaction
from django.test import Client
from django.urls import resolve

from scan.page import Form, read
from tests.fuzz.asking import addresses_of, apps_with_addresses, everything, filled
from tests.policy.world import World
from tillit.foundation.access.addresses import every_address


class Why(StrEnum):
    """Why two cannot meet."""

    OWN = "Only she herself has it"
    ADDS = "Each adds a row of her own; nothing that stands is changed"
    MACHINE = "A step from one state to the next: the second is told that it has been taken"
    ENDS = "It can only be ended, and earlier; twice is once"
    SAME = "What is asked for is the same whoever asks: twice is once"
    READS = "It changes nothing"


#: Carries an edition, or what it was shown with under another name.
_CARRIES = """
    login:rules delivery:choose workforce:extend-absence authority:act organisation:edit-unit organisation:many-areas
    organisation:change-area organisation:end-area organisation:join-lists responsibility:edit-principles
    responsibility:name-variant responsibility:change-cell responsibility:undo-cell responsibility:enact
    responsibility:arrange-duty stays:home protection:terms needs:save needs:finish needs:template_edit letters:save
    letters:use letters:drop decisions:make_application decisions:assess decisions:propose decisions:hand_over
    decisions:worker decisions:withdraw decisions:party decisions:fact decisions:make_decision decisions:send_back
    decisions:change_reasons decisions:send_to_decider decisions:notify decisions:send_written decisions:ask_for_reasons
    decisions:reasons decisions:start decisions:pause decisions:resume decisions:reassess decisions:keep
    decisions:interim decisions:advance decisions:reply decisions:reduce decisions:appeal_receipt decisions:appeal_more
    decisions:complete_appeal decisions:take_up_appeal decisions:dismiss_appeal decisions:review_appeal
    decisions:forward_appeal decisions:answer_appeal decisions:ask_for_stay decisions:answer_stay
    decisions:withdraw_appeal careplans:adjust careplans:drop careplans:start careplans:add_need careplans:change_need
    evaluations:evaluate courses:change courses:week courses:end
    therapy:write therapy:give_back therapy:hand_over therapy:priority therapy:close therapy:terms
    careplans:add_goal careplans:change_goal careplans:add_intervention careplans:change_intervention careplans:sharing
    planning:weeks-accept planning:save-counting planning:move planning:undo planning:publish planning:give
    planning:lock planning:cancel planning:propose-sturdier planning:accept-all planning:accept citizens:responsible
    myday:move citizens:whereabouts citizens:home citizens:move_in citizens:way_in citizens:following citizens:facts
    improvement:change improvement:add_team improvement:change_team improvement:begin_team improvement:remove_team
    improvement:start improvement:evaluate improvement:go_on improvement:end improvement:choose improvement:freeze
    improvement:without improvement:open_again improvement:add_benefit improvement:benefit
    improvement:confirm_benefit improvement:remove_benefit
    surveys:remind surveys:close surveys:screener surveys:words surveys:own_head surveys:own_question surveys:own_theme
    surveys:own_order surveys:own_use surveys:own_copy surveys:own_discard
    surveys:remind surveys:close insight:own-change surveys:end_series
    observations:usual citizens:death citizens:end_help citizens:resume_help citizens:merge citizens:undo_merge
"""
CARRIES = frozenset(_CARRIES.split())

WHY_NOT: dict[Why, str] = {
    Why.OWN: """
        access:language access:preferences login:log-in login:demo login:second-step login:set-up login:service
        login:passkey-ask login:passkey-log-in login:invitation login:log-out login:lock login:locked login:unlock-ask
        login:unlock-passkey login:in-use login:pin login:device login:new-passkey login:new-passkey-ask
        login:add-passkey login:rename-passkey login:remove-passkey login:code-app login:remove-code-app
        login:new-codes login:unlink login:end-others login:end-session emergency:open emergency:end myday:see_notices deviations:seen
        delivery:enrol delivery:send surveys:answer surveys:card surveys:enter home:choose_team files:start files:mapping files:write files:drop journal:draft
    """,
    Why.ADDS: """
        workforce:add-shift workforce:report-absence workforce:give-role workforce:invite authority:new-service
        authority:add-basis authority:appoint authority:new-delegation authority:add-line authority:template
        organisation:new-area organisation:new-meeting organisation:choose-model responsibility:copy-model
        therapy:refer therapy:join surveys:ask surveys:next surveys:gathering_new surveys:gathering surveys:own_new
        responsibility:new-duty evaluations:measure courses:terms handover:offer questions:ask protection:page needs:start needs:choose decisions:new
        decisions:note decisions:choice decisions:disqualify decisions:capacity decisions:add_fact decisions:new_appeal
        decisions:appeal_of_citizen decisions:new_practice decisions:new_rate careplans:progress planning:add-visit
        notices:write notices:write_about changeover:write stays:step stays:word stays:change minside:write minside:think consents:page consents:give
        improvement:new improvement:write_log
        observations:check observations:observe deviations:report photos:add insight:note insight:bring-in insight:own-new
        myday:report myday:change citizens:register citizens:network citizens:wishes citizens:alerts oversight:answer
        oversight:kept_archive oversight:kept_kind oversight:kept_hold person:hold person:citizen person:employee
        person:mine journal:write journal:correct journal:wrong_person journal:demand journal:terms decisions:start_assessment
    """,
    Why.MACHINE: """
        therapy:take therapy:answer_joint
        responsibility:take-back responsibility:adjust-model responsibility:discard-draft handover:accept
        handover:send_back handover:keep handover:keep_after_move questions:answer questions:withdraw emergency:review
        needs:drop needs:pick_up decisions:tell_receipt decisions:accept decisions:send_back_offer decisions:take_back
        decisions:urgent careplans:undo_adjustment careplans:begin courses:begin careplans:goal_state planning:reject
        notices:show notices:take
        improvement:take_back
        observations:watch observations:take deviations:show deviations:look deviations:withdraw insight:withdraw-mark
        myday:cancel myday:undo myday:follow_up myday:hand_over myday:undo_hand_over myday:take myday:give_back journal:request journal:waiting
        minside:cancel person:finish person:take-along person:texts
    """,
    Why.ENDS: """
        workforce:remove-shift workforce:withdraw-absence workforce:close-login workforce:remove-second-step
        workforce:end-role minside:end_sharing consents:end authority:end-basis authority:end-acting authority:end-delegation authority:end-line
        organisation:end-meeting responsibility:end-duty therapy:leave_joint stays:done citizens:set_home planning:stop planning:weeks-stop
        planning:stop-what-if insight:own-retire insight:counting-stop delivery:wipe delivery:wipe-of-employee oversight:kept_lift person:lift person:stop person:delete
    """,
    Why.SAME: """
        therapy:groups authority:ship-services responsibility:ship-models responsibility:usual-duties responsibility:take-duty consents:own_login consents:number
        responsibility:give-back-duty changeover:read stays:ready stays:take insight:counting-start planning:ask planning:weeks-ask planning:ask-strength planning:ask-what-if
    """,
    Why.READS: """
        health letters:preview careplans:preview surveys:own_preview files:export citizens:search citizens:merge_search citizens:door_code
        citizens:ambulance myday:door person:fetch
    """,
}
DECLARED = {door: why for why, doors in WHY_NOT.items() for door in doors.split()}

_SEEN = re.compile(r"(?:^|[-_])(?:edition|seen)$")
#: A form that looks the change over first, and is stored by a press that says what was seen (test_area_views).
_IN_TWO_STEPS = frozenset({"organisation:change-area", "organisation:many-areas", "responsibility:enact"})
#: Sent untouched it changes nothing (tests/test_two_people.py changes it), or both texts are kept (needs/test_views.py).
_NOTHING_LOST = frozenset({"planning:save-counting", "needs:save"})


def _taking_forms() -> set[str]:
    return {address.door for address in every_address() if "POST" in address.methods}


def test_every_address_that_takes_a_form_is_decided_R06() -> None:
    assert set(DECLARED) & CARRIES == set()
    assert sorted(_taking_forms() - CARRIES - set(DECLARED)) == [], "Carry the edition, or say why two cannot meet."
    assert sorted(one for why in WHY_NOT.values() for one in why.split()) == sorted(DECLARED)  # each stands once


def test_what_is_declared_is_there_R06() -> None:
    known = {address.door for address in every_address()}
    assert sorted((CARRIES | set(DECLARED)) - known) == []


def _forms(client: Client, world: World) -> dict[str, tuple[str, Form]]:
    """Return one form to each address, as the world's pages show them to somebody who holds every role."""
    found: dict[str, tuple[str, Form]] = {}
    for app in apps_with_addresses():
        for address in addresses_of(app):
            path = filled(world, address)
            if path is None or "GET" not in address.methods:
                continue
            for form in read(client.get(path).content.decode(errors="replace"), path).forms:
                to = (form.action.partition("#")[0] or path).partition("?")[0]
                door = resolve(to).view_name if form.method == "post" and to.startswith("/") else ""
                if door in CARRIES and (door not in found or not _seen(found[door][1])):
                    found[door] = (form.action.partition("#")[0] or path, form)
    return found


def _seen(form: Form) -> list[str]:
    return [name for name in form.fields if _SEEN.search(name) and form.kinds.get(name) == "hidden"]


def test_a_form_from_before_the_change_is_never_let_through_R06(world: World) -> None:
    client = everything(world.cast)
    forms = _forms(client, world)
    without = sorted(door for door, (_to, form) in forms.items() if not _seen(form) and door not in _IN_TWO_STEPS)
    let_through: list[str] = []
    told: list[str] = []
    for door, (to, form) in forms.items():
        stale = dict.fromkeys(_seen(form), "987654")
        if not stale or door in _NOTHING_LOST:
            continue
        sent = {name: value for name, value in form.fields.items() if form.kinds.get(name) != "button"}  # saves
        with transaction.atomic():
            status = client.post(to, {**sent, **stale}).status_code
            transaction.set_rollback(True)
        (told if status == 409 else let_through if status < 400 else []).append(door)

    assert without == [], without
    assert let_through == [], let_through
    assert len(told) >= 20, told
