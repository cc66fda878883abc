"""The machine of an order, for every kind."""

from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.order import clock_rows, endings_rows, findings_rows, suspension_rows

ROWS: tuple[Row, ...] = (
    *clock_rows.ROWS,
    *findings_rows.ROWS,
    clock_rows.EXTENSION,
    *suspension_rows.ROWS,
    *endings_rows.ROWS,
)
