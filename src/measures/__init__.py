"""measures: the formulas behind every indicator, survey scale, control chart and comparison.

Plain Python, polars, numpy, scipy and numba; knows neither Django nor Tillit. Each measure is a pure function over
tables: it answers with its values, its method, version and source, what was left out, and what to be careful about.
None means undefined: do not show. Rounding belongs to display.

Start with ``measures.everything.ALL``; docs/how-we-count/ tells each formula with an example reckoned by hand.
"""

from measures.answer import Answer, Found, Warned
from measures.errors import InvalidInput, MeasuresError, UnknownMeasure
from measures.measure import Measure, named

__all__ = ["Answer", "Found", "InvalidInput", "Measure", "MeasuresError", "UnknownMeasure", "Warned", "named"]
