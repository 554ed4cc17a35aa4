"""A report form as a file to fill in without a network, XLSX or DOCX, and the filled file read back."""

from lachan.engine.offline_form.docx import to_docx
from lachan.engine.offline_form.form import Ask, Grid, GridRow, OfflineForm, Section, plain
from lachan.engine.offline_form.reading import FilledIn, Problem, read_filled
from lachan.engine.offline_form.refusals import NotTaken, Reason, Said
from lachan.engine.offline_form.xlsx import to_xlsx

__all__ = [
    "Ask",
    "FilledIn",
    "Grid",
    "GridRow",
    "NotTaken",
    "OfflineForm",
    "Problem",
    "Reason",
    "Said",
    "Section",
    "plain",
    "read_filled",
    "to_docx",
    "to_xlsx",
]
