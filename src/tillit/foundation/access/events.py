"""What access tells the floors above."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AccountClosed:
    """An account was closed: whatever opened it shall not open it again, also when it is opened anew."""

    user_id: int
    at: datetime
