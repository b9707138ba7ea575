"""What delivery does about news from access."""

from tillit.foundation.access.events import AccountClosed
from tillit.foundation.delivery.actions import end_phones_of


def on_account_closed(news: AccountClosed) -> None:
    """Empty every phone of a closed account. What was written before is still taken, as its author's."""
    end_phones_of(news.user_id, at=news.at)
