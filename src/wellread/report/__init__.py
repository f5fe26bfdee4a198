"""What the reader sees: one self-contained HTML page, and the score table as plain text. Pure data -> str."""

from wellread.report.data import (
    Condition,
    ConditionName,
    GridCell,
    LossPoint,
    PaperRow,
    QuestionRow,
    ReportData,
)
from wellread.report.page import render
from wellread.report.terminal import render_text

__all__ = [
    "Condition",
    "ConditionName",
    "GridCell",
    "LossPoint",
    "PaperRow",
    "QuestionRow",
    "ReportData",
    "render",
    "render_text",
]
