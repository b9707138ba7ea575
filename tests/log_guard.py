"""No personal data in the log: everything any test makes the product log is looked through, in every test there is.

What is looked for: the names of the citizens, helpers and kin that tests store, where citizens live, their phones and
numbers, and anything that looks like a national id. What is looked through: each record as it would be written in
production (config/logs.py), and the bare words of the product's own records.
"""

import logging
import re
from typing import Any

from django.db.models.signals import post_save

from tillit.config import logs

_ELEVEN_DIGITS = re.compile(r"(?<![\w.-])\d{6} ?\d{5}(?![\w.-])")
_TELLING = {
    "Citizen": ("phone",),
    "Identifier": ("value",),
    "Home": ("street", "way_in"),
    "NetworkMember": ("name", "phone"),
    "Employee": (),
    "User": ("name",),
}
_SHORTEST = 6


class Guard(logging.Handler):
    """Hears every logger that speaks, and remembers whom the tests have stored."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.private: set[str] = set()
        self.records: list[logging.LogRecord] = []
        self._line = logs.Line()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record for the end of the test."""
        self.records.append(record)

    def remember(self, sender: type, instance: Any, **_signal: object) -> None:
        """Note what a stored row says about a person."""
        fields = _TELLING.get(sender.__name__)
        if fields is None:
            return
        told = [str(getattr(instance, field, "") or "") for field in fields]
        given, family = getattr(instance, "given_name", ""), getattr(instance, "family_name", "")
        if given and family:
            told += [f"{given} {family}", f"{family}, {given}"]
        self.private |= {text.casefold() for text in told if len(text) >= _SHORTEST}

    def found(self) -> list[str]:
        """Return the lines that tell of a person, and forget the records."""
        records, self.records = self.records, []
        lines = [self._line.format(record) for record in records]
        lines += [record.getMessage() for record in records if record.name.startswith("tillit")]
        return [
            line
            for line in lines
            if _ELEVEN_DIGITS.search(line) or any(private in line.casefold() for private in self.private)
        ]


guard = Guard()


def begin() -> None:
    """Listen from here on."""
    root = logging.getLogger()
    if guard not in root.handlers:
        root.addHandler(guard)
        post_save.connect(guard.remember, weak=False, dispatch_uid="log_guard")
