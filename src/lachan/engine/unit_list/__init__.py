"""A list of units that somebody brings, judged row by row against the units there are."""

from lachan.engine.unit_list.columns import Columns, Field, find_table
from lachan.engine.unit_list.judging import judge
from lachan.engine.unit_list.known import Known, KnownUnit
from lachan.engine.unit_list.verdicts import Change, Fault, FaultCode, Judged, Verdict

__all__ = [
    "Change",
    "Columns",
    "Fault",
    "FaultCode",
    "Field",
    "Judged",
    "Known",
    "KnownUnit",
    "Verdict",
    "find_table",
    "judge",
]
