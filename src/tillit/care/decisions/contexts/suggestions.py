"""Words to begin with for what a service is, in plain language. The case worker makes them the citizen's own."""

from django.utils.translation import gettext as _


def content_for(service_code: str) -> str:
    """Return a suggestion for a shipped service; empty for those a municipality has added itself."""
    return {
        "HOME_NURSING": _("Du får hjemmesykepleie. Vi hjelper deg med "),
        "PRACTICAL_ASSISTANCE": _("Du får hjelp til det praktiske hjemme: "),
        "PRACTICAL_TRAINING": _("Du får opplæring i å klare mer selv. Vi øver på "),
        "REABLEMENT": _("Du får hverdagsrehabilitering. Vi trener sammen på det som er viktig for deg: "),
        "THERAPY_AT_HOME": _("Ergo- eller fysioterapeut kommer hjem til deg og "),
        "MEALS": _("Du får middag levert hjem."),
        "SAFETY_ALARM": _("Du får trygghetsalarm, så du kan få tak i noen hele døgnet."),
        "WELFARE_TECHNOLOGY": _("Du får utstyr som gjør det tryggere å bo hjemme: "),
        "DAY_CENTRE": _("Du får plass på dagsenter."),
        "SHORT_STAY": _("Du får et korttidsopphold. Målet med oppholdet er "),
        "LONG_STAY": _("Du får langtidsplass."),
        "RESPITE": _("Du som gir omsorg, får avlastning: "),
        "BPA": _("Du får brukerstyrt personlig assistanse."),
        "CARE_PAY": _("Du får omsorgsstønad for omsorgen du gir."),
        "SUPPORT_CONTACT": _("Du får støttekontakt, så du kan komme deg ut og være med på "),
    }.get(service_code, "")
