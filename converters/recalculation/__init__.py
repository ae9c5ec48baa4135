"""The cross-check of formula results: LibreOffice calculates a copy of the result and of the source anew.

Neither file is changed: the result keeps the results that were stored in the source until somebody asks for others.
"""

from converters.recalculation.check import recalculate, report_recalculation

__all__ = ["recalculate", "report_recalculation"]
