"""Addresses of the work lists."""

from datetime import date

from django.urls import path, register_converter

from tillit.teamwork.planning.views import added, board, counting, paper, proposal, strength, visit, weeks, whatif


class DayConverter:
    """A day in the address: 2026-11-24."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the day. A ValueError, for a day that does not exist, is a 404."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """Return the day as it stands in an address."""
        return value.isoformat() if isinstance(value, date) else value


class KindConverter:
    """A part of the day in the address."""

    regex = "DAY|EVENING|NIGHT"

    def to_python(self, value: str) -> str:
        """Return the code."""
        return value

    def to_url(self, value: str) -> str:
        """Return the code."""
        return value


register_converter(DayConverter, "list_day")
register_converter(KindConverter, "shift_kind")

app_name = "planning"
LISTS = "team/<int:unit_id>/arbeidslister/<list_day:on>/<shift_kind:shift_kind>"
WEEKS = "team/<int:unit_id>/arbeidslister/flere-dager"
urlpatterns = [
    path("team/<int:unit_id>/arbeidslister/", board.current, name="current"),
    path("team/<int:unit_id>/arbeidslister/gaa/<shift_kind:shift_kind>/", board.go, name="go"),
    path(f"{WEEKS}/", weeks.show, name="weeks"),
    path(f"{WEEKS}/be-om/", weeks.ask, name="weeks-ask"),
    path(f"{WEEKS}/<int:weeks_id>/", weeks.progress, name="weeks-progress"),
    path(f"{WEEKS}/<int:weeks_id>/stopp/", weeks.stop, name="weeks-stop"),
    path(f"{WEEKS}/<int:weeks_id>/godta/", weeks.accept, name="weeks-accept"),
    path("team/<int:unit_id>/arbeidslister/hva-som-teller/", counting.show, name="counting"),
    path("team/<int:unit_id>/arbeidslister/hva-som-teller/lagre/", counting.save, name="save-counting"),
    path(f"{LISTS}/", board.show, name="board"),
    path(f"{LISTS}/flytt/", board.move, name="move"),
    path(f"{LISTS}/angre/", board.undo, name="undo"),
    path(f"{LISTS}/ta-i-bruk/", board.publish, name="publish"),
    path(f"{LISTS}/endringer/", paper.changes, name="changes"),
    path(f"{LISTS}/utskrift/", paper.print_lists, name="print"),
    path(f"{LISTS}/nytt-besok/", added.add, name="add-visit"),
    path(f"{LISTS}/besok/<int:visit_id>/", visit.show, name="visit"),
    path(f"{LISTS}/besok/<int:visit_id>/gi/", visit.give, name="give"),
    path(f"{LISTS}/besok/<int:visit_id>/las/", visit.lock, name="lock"),
    path(f"{LISTS}/besok/<int:visit_id>/avlys/", visit.cancel, name="cancel"),
    path(f"{LISTS}/hva-dagen-taaler/", strength.show, name="strength"),
    path(f"{LISTS}/hva-dagen-taaler/regn/", strength.ask, name="ask-strength"),
    path(f"{LISTS}/hva-dagen-taaler/foreslaa/", strength.propose, name="propose-sturdier"),
    path("team/<int:unit_id>/arbeidslister/hva-om/<shift_kind:shift_kind>/", whatif.go, name="go-what-if"),
    path(f"{LISTS}/hva-om/", whatif.show, name="what-if"),
    path(f"{LISTS}/hva-om/spor/", whatif.ask, name="ask-what-if"),
    path(f"{LISTS}/hva-om/<int:whatif_id>/", whatif.progress, name="what-if-progress"),
    path(f"{LISTS}/hva-om/<int:whatif_id>/stopp/", whatif.stop, name="stop-what-if"),
    path(f"{LISTS}/forslag/", proposal.ask, name="ask"),
    path(f"{LISTS}/forslag/<int:proposal_id>/", proposal.progress, name="progress"),
    path(f"{LISTS}/forslag/<int:proposal_id>/stopp/", proposal.stop, name="stop"),
    path(f"{LISTS}/forslag/<int:proposal_id>/godta/", proposal.accept_all, name="accept-all"),
    path(f"{LISTS}/forslag/<int:proposal_id>/godta/<int:change_id>/", proposal.accept, name="accept"),
    path(f"{LISTS}/forslag/<int:proposal_id>/avvis/<int:change_id>/", proposal.reject, name="reject"),
]
