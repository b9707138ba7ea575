"""The indicators whose figures are always brought in: money and hours lie in the accounts and the wage system.

Numerator and denominator are brought in, so that those above a team can have the sums. docs/how-we-count/brought-in.md.
"""

from functools import partial

from django.utils.translation import gettext as _

from tillit.learning.insight.rules.indicators import Better, Indicator, Step, Unit


def brought_in(*, employees: str, municipality: str) -> tuple[Indicator, ...]:
    """Return them in the language in use. employees: what n is; municipality: who answers for them."""
    wages = _("Lønnssystemet. Noen henter tallene inn en gang i måneden.")
    all_hours = _("Alle timer")
    hours = partial(
        Indicator, version=1, counts=employees, source=wages, unit=Unit.SHARE, better=Better.DOWN, step=Step.MONTH,
        chart="run", least=10, page="indicators", owner=municipality, brought=True,
    )  # fmt: skip
    return (
        Indicator(
            code="O-1",
            version=1,
            name=_("Brukt av budsjettet"),
            question=_("Stemmer forbruket med budsjettet?"),
            why=_(
                "Pengene skal rekke til alle brukerne. Et lavt tall kan også bety at besøk ble borte, eller at folk "
                "manglet."
            ),
            counted=_(
                "Kroner brukt i måneden, delt på månedens budsjett. For et distrikt og kommunen: teamenes kroner lagt "
                "sammen. Over 100 prosent er brukt mer enn budsjettert. Tallet sier ikke hvorfor."
            ),
            counts=employees,
            source=_("Regnskapet. Noen henter tallene inn en gang i måneden."),
            unit=Unit.SHARE,
            better=Better.NEITHER,
            step=Step.MONTH,
            chart="run",
            least=5,
            page="indicators",
            owner=municipality,
            balanced_by=("V-1", "B-1"),
            most=10,
            parts=(_("Brukt, kroner"), _("Budsjett, kroner")),
            brought=True,
        ),
        hours(
            code="B-5",
            name=_("Overtid"),
            question=_("Blir det mindre overtid?"),
            why=_(
                "Mye overtid sliter på folk og koster mer. Noen ganger er det overtida som gjør at besøket blir gjort."
            ),
            counted=_("Timer på overtid i måneden, av alle timene egne ansatte arbeidet, egne vikarer medregnet."),
            balanced_by=("V-1", "B-6"),
            parts=(_("Timer på overtid"), _("Timer av egne")),
        ),
        hours(
            code="B-6",
            name=_("Innleie fra byrå"),
            question=_("Leier vi inn mindre fra byrå?"),
            why=_("Innleide kjenner sjelden brukerne, og timene koster mer enn egne."),
            counted=_("Timer arbeidet av innleide fra byrå i måneden, av alle timene som ble arbeidet."),
            balanced_by=("V-1", "B-5"),
            parts=(_("Timer fra byrå"), all_hours),
        ),
        hours(
            code="B-7",
            name=_("Timer ved egne vikarer"),
            question=_("Bruker vi færre vikarer?"),
            why=_("Mange vikartimer kan skjule at det trengs flere faste. Faste kjenner brukerne bedre."),
            counted=_("Timer arbeidet av kommunens egne vikarer i måneden, av alle timene som ble arbeidet."),
            balanced_by=("V-1", "B-5"),
            parts=(_("Timer ved egne vikarer"), all_hours),
        ),
    )
