"""Each unit's own answers as files for other programs: CSV, JSON, ADX, XLSX, Parquet; a row after another, however many."""

from lachan.engine.exports.adx import adx
from lachan.engine.exports.files import write_parquet, write_xlsx
from lachan.engine.exports.rows import About, Asked, UnitRow
from lachan.engine.exports.text import csv_text, json_text

__all__ = ["About", "Asked", "UnitRow", "adx", "csv_text", "json_text", "write_parquet", "write_xlsx"]
