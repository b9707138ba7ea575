"""What login does about news from access."""

from tillit.foundation.access.events import AccountClosed
from tillit.foundation.login.actions.second_step import forget_identities, forget_ways
from tillit.foundation.login.actions.sessions import end_all_of


def on_account_closed(news: AccountClosed) -> None:
    """Let nothing that opened a closed account open it again: passkeys, codes, login services and sessions go."""
    forget_ways(news.user_id)
    forget_identities(news.user_id)
    end_all_of(news.user_id, why="CLOSED", at=news.at)
