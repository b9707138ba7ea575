"""What the actions refuse, with the field of the form that mends it."""

from tillit.kernel.errors import ActionRefused


class AuthorityRefused(ActionRefused):
    """The document, the line or the acting leader cannot be registered so. field: which answer must change."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field
