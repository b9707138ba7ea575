"""What an action or a query may refuse with. Texts are safe to show: no names, no numbers of persons."""


class TillitError(Exception):
    """Base of every refusal that a person can understand."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.text = str(text)


class NotFound(TillitError):
    """It does not exist, or the actor may not know that it does. Shown as 404."""


class NotAllowed(TillitError):
    """The actor reaches it, but may not do this. Shown as 403, with what to do instead."""


class ActionRefused(TillitError):
    """The rules say no, and the actor can do something about it. Shown as 409, or 422 in a form."""


class TooOften(ActionRefused):
    """It has been asked for more often than work needs. Shown as 429; waiting is all it takes."""

    def __init__(self, text: str, *, seconds: int) -> None:
        super().__init__(text)
        self.seconds = seconds


class ChangedMeanwhile(ActionRefused):
    """Somebody else changed the same thing after the actor opened it. Nothing was overwritten."""

    def __init__(self, text: str, *, seen: int, now: int) -> None:
        super().__init__(text)
        self.seen = seen
        self.now = now
