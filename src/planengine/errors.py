"""What planengine refuses, and why."""


class PlanEngineError(Exception):
    """Base of every refusal by this library."""


class InvalidProblem(PlanEngineError):
    """The input contradicts itself or is outside its bounds.

    field: dotted path of the field, for example ``visits[3].latest``.
    problem: what is wrong with it.
    remedy: what the caller can do about it.
    """

    def __init__(self, field: str, problem: str, remedy: str) -> None:
        self.field = field
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{field}: {problem}. {remedy}")


class UnreadableFile(PlanEngineError):
    """A file that could not be read, or is of no family that we know."""


class UnsupportedFile(PlanEngineError):
    """A file of a known family that asks for something this version does not do."""


class TravelUnavailable(PlanEngineError):
    """No travel times could be had from the chosen source, and no fallback was given."""
