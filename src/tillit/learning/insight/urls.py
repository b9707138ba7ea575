"""Addresses of insight."""

from datetime import date

from django.urls import path, register_converter

from tillit.learning.insight.views import behind, bringing, count, files, notes, own, pages


class DayConverter:
    """A day in the address: 2026-11-16."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the day. A ValueError, for a day that does not exist, is a 404."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """Return the day as it stands in an address."""
        return value.isoformat() if isinstance(value, date) else value


register_converter(DayConverter, "counted_day")

app_name = "insight"
urlpatterns = [
    path("innsikt/", pages.start, name="start"),
    path("innsikt/telling/", count.show, name="counting"),
    path("innsikt/telling/start/", count.start, name="counting-start"),
    path("innsikt/telling/framdrift/", count.progress, name="counting-progress"),
    path("innsikt/telling/stopp/", count.stop, name="counting-stop"),
    path("innsikt/egne/", own.listed, name="own"),
    path("innsikt/egne/nytt/", own.choose, name="own-choose"),
    path("innsikt/egne/nytt/<slug:own_fact>/", own.new, name="own-new"),
    path("innsikt/egne/<int:own_figure_id>/", own.change, name="own-change"),
    path("innsikt/egne/<int:own_figure_id>/slutt/", own.retire, name="own-retire"),
    path("innsikt/<int:unit_id>/", pages.unit, name="unit"),
    path("innsikt/<int:unit_id>/merk/", notes.note, name="note"),
    path("innsikt/<int:unit_id>/merk/<int:mark_id>/trekk/", notes.withdraw, name="withdraw-mark"),
    path("innsikt/<int:unit_id>/fra-for/", bringing.bring, name="bring-in"),
    path("innsikt/<int:unit_id>/fra-for/ark.csv", bringing.sheet, name="bring-sheet"),
    path("innsikt/<int:unit_id>/last-ned/<slug:file_form>/", files.download, name="file"),
    path("innsikt/<int:unit_id>/tall/<slug:indicator_code>/", pages.indicator, name="indicator"),
    path("innsikt/<int:unit_id>/tall/<slug:indicator_code>/bak/<counted_day:on>/", behind.behind, name="behind"),
    path("innsikt/<int:unit_id>/tall/<slug:indicator_code>/bilde.svg", files.picture, name="picture"),
]
