"""The background work of a handout: gather what is stored, pack what is handed out. Stopped, it leaves nothing."""

import hashlib
import io
from collections import defaultdict
from datetime import date, timedelta
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.letters.models import SentLetter
from tillit.exchange.person import collecting, gathered, queries, writing
from tillit.exchange.person.actions import JOB
from tillit.exchange.person.collecting import Table
from tillit.exchange.person.models import Exemption, Handout, HandoutFile, HandoutState, HeldBack
from tillit.foundation.access import reading, sources
from tillit.foundation.jobs.progress import Progress, Stopped, kind
from tillit.foundation.keeping.retention import days_kept
from tillit.kernel import clock, oslo


@kind(JOB)
def work(progress: Progress) -> dict[str, object]:
    """Gather for the one who asked, as she is now; or pack what she has read through."""
    handout = Handout.objects.select_related("made_by").get(pk=int(str(progress.order["handout"])))
    at = clock.now()
    actor = sources.actor_for(user_id=handout.made_by.pk, name=handout.made_by.name, at=at)
    whom = queries.about(handout, actor=actor, at=at)  # she may have lost her reach since she asked
    if handout.state == HandoutState.GATHERING:
        _gather(handout, whom, progress)
    if handout.state == HandoutState.PACKING:
        _pack(handout, progress)
    return {}


def _gather(handout: Handout, whom: queries.About, progress: Progress) -> None:
    ids = collecting.own_ids(handout.citizen_id) if handout.citizen_id else [cast(int, handout.employee_id)]
    parts = gathered.parts_of(handout)
    found: list[Table] = []
    if handout.citizen_id:
        reading.note_all(ids)
    for number, table in enumerate(collecting.tables_of(parts, ids), start=1):
        found.append(table)
        progress.say(number, len(parts) + 1, table.part.title)
        if progress.should_stop():
            raise Stopped
    letters = SentLetter.objects.filter(citizen__in=ids if handout.citizen_id else []).order_by("pk")
    content = gathered.closed(
        found,
        ((pk, bytes(pdf)) for pk, pdf in letters.values_list("pk", "pdf").iterator()),
        writing.pictures_of(ids) if handout.citizen_id else (),
    )
    others = queries.others_in(found, own_name=whom.name)
    counts = {}
    for table in found:
        texts = queries.texts(table, others=others, held={})
        counts[table.label] = [len(table.rows), len(texts), sum(one.mentions for one in texts)]
    with transaction.atomic():
        state = HandoutState.PACKING if whom.is_own else HandoutState.REVIEW
        going = Handout.objects.filter(pk=handout.pk, state=HandoutState.GATHERING)
        if not going.update(state=state, counts=counts, keep_until=_keep_until()):
            raise Stopped
        HandoutFile.objects.update_or_create(handout=handout, defaults={"content": content})
    handout.state = state


def _pack(handout: Handout, progress: Progress) -> None:
    content = bytes(handout.file.content)
    progress.say(1, 3, _("Lager fila"))
    held: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for one in HeldBack.objects.filter(handout=handout):
        held[one.label][one.row_id] = str(Exemption(one.exemption).label)
    target = io.BytesIO()
    writing.pack(
        target, gathered.tables_in(content, handout), gathered.letters_in(content),
        photos=gathered.photos_in(content),
        left_out=gathered.left_out_of(handout), at=clock.now(), held=held,
    )  # fmt: skip
    made = target.getvalue()
    if progress.should_stop():
        raise Stopped
    with transaction.atomic():
        going = Handout.objects.filter(pk=handout.pk, state=HandoutState.PACKING)
        digest = hashlib.sha256(made).hexdigest()
        if not going.update(state=HandoutState.READY, sha256=digest, keep_until=_keep_until()):
            raise Stopped
        HandoutFile.objects.filter(handout=handout).update(content=made)


def _keep_until() -> date:
    today = oslo.day_of(clock.now())
    return today + timedelta(days=days_kept("EXPORTS", on=today))
