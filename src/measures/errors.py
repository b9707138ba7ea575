"""What measures refuses, and why."""


class MeasuresError(Exception):
    """Base of every refusal by this library."""


class InvalidInput(MeasuresError):
    """A table or a parameter is outside its bounds, or lacks what the measure needs.

    field: the table and column, or the parameter, for example ``visits.start``.
    problem: what is wrong with it.
    remedy: what the caller can do about it.
    """

    def __init__(self, field: str, problem: str, remedy: str) -> None:
        self.field = field
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{field}: {problem}. {remedy}")


class UnknownMeasure(MeasuresError):
    """There is no measure of that name."""
