"""«Hvorfor her?» answers with the row of the table (R04)."""

import pytest
from django.template import Context, Template

from tests import builders
from tests import builders_routing as more
from tests.cast import MONDAY_DATE, Cast
from tillit.foundation.organisation.models import Unit, UnitKind, UnitPurpose
from tillit.foundation.responsibility.contexts.routing import WhyHere, holder_in_words, why_here
from tillit.foundation.responsibility.queries import Routed, holder_for


def routed(cast: Cast, code: str) -> Routed:
    return holder_for(code=code, unit_id=cast.bekkedal.pk, on=MONDAY_DATE)


def drawn(part: WhyHere) -> str:
    return Template("{% load ui %}{% part why %}").render(Context({"why": part}))


class TestWhyHere:
    def test_names_holder_version_unit_row_and_terms(self, cast: Cast) -> None:
        more.special("Vurderingsteamet", UnitPurpose.ASSESSMENT, parent=cast.municipality)
        version = more.table("Modell 2", {"NEW_ASSESS": ("ASSESSMENT_TEAM", "Inntil fire uker")})
        more.follow(cast.south, version)

        part = why_here(routed(cast, "NEW_ASSESS"), what="Søknaden")

        assert part.because == (
            "Søknaden ligger hos Vurderingsteamet fordi Modell 2, versjon 1, som Team Bekkedal følger, sier: "
            "Vurdere behovet – Vurderingsteam (inntil fire uker)."
        )
        assert part.decided == "Modellen er bestemt for hele Sør fra 01.01.2020."
        assert part.href == f"/modeller/?venstre={version.pk}#rad-new_assess"
        html = drawn(part)
        assert "<summary>Hvorfor her?</summary>" in html
        assert '<details class="ti-why">' in html

    def test_what_was_taken_before_the_model_changed_says_both(self, cast: Cast) -> None:
        more.follow(cast.bekkedal, more.table("Vår", {"REASSESS": "TEAM"}))

        part = why_here(routed(cast, "REASSESS"), what="Saken", holder="Tjenestekontoret")

        assert part.because.startswith("Saken ligger hos Tjenestekontoret fra før.")
        assert "Revurdere vedtak og plan – Teamet" in part.because

    @pytest.mark.parametrize(
        ("holder", "words"),
        [
            ("NOBODY", "ikke bestemt hvem som har dette"),
            ("ASSESSMENT_TEAM", "Ingen enhet er satt opp for dette: vurdere nye brukere."),
            ("TEAM_CASE_WORKER", "Ingen har rollen saksbehandler der nå. Det blir liggende hos Team Bekkedal"),
        ],
    )
    def test_a_hole_says_what_is_missing_and_who_mends_it(self, cast: Cast, holder: str, words: str) -> None:
        more.follow(cast.bekkedal, more.table("Vår", {"NEW_ASSESS": holder}))

        part = why_here(routed(cast, "NEW_ASSESS"))

        assert words in part.problem
        assert part.is_open
        assert part.mend_href

    def test_two_of_a_sort_ask_somebody_to_decide(self, cast: Cast) -> None:
        for name in ("Den ene", "Den andre"):
            more.special(name, UnitPurpose.ASSESSMENT, parent=cast.municipality)
        more.follow(cast.bekkedal, more.table("Vår", {"NEW_ASSESS": "ASSESSMENT_TEAM"}))

        assert "Flere enheter" in why_here(routed(cast, "NEW_ASSESS")).problem

    def test_without_a_model_nothing_is_claimed(self, cast: Cast) -> None:
        part = why_here(routed(cast, "NEW_ASSESS"))

        assert part.question == "Hvorfor har ingen dette?"
        assert "følger ingen modell" in part.problem
        assert part.href == ""

    def test_a_role_is_told_with_its_people(self, cast: Cast) -> None:
        more.follow(cast.bekkedal, more.table("Vår", {"NEW_DECIDE": "TEAM_LEADER"}))

        assert holder_in_words(routed(cast, "NEW_DECIDE")) == "Marit Aune, Team Bekkedal"

    def test_names_of_units_are_escaped(self, cast: Cast) -> None:
        more.follow(cast.bekkedal, more.table("Vår", {"REASSESS": "TEAM"}))
        Unit.objects.filter(pk=cast.bekkedal.pk).update(name="<b>Team</b>")

        assert "<b>Team" not in drawn(why_here(routed(cast, "REASSESS")))

    def test_an_office_without_a_purpose_handles_applications(self, cast: Cast) -> None:
        office = builders.unit("Kontoret", UnitKind.OFFICE, parent=cast.municipality)
        more.follow(cast.bekkedal, more.table("Vår", {"NEW_CASE_WORK": "ALLOCATION_OFFICE"}))

        assert routed(cast, "NEW_CASE_WORK").unit_id == office.pk
