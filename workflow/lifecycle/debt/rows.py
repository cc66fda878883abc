"""The machine of a debt: a fine, a penalty, interest. Its rows by topic, in the order of a life."""

from workflow.lifecycle.debt import agreements, arising, collection, effects, interest, payments, suspension
from workflow.lifecycle.kernel.rules import Row

ROWS: tuple[Row, ...] = (
    interest.CHARGE,
    *arising.ROWS,
    *payments.PAYMENTS,
    *collection.COLLECTION,
    *agreements.ROWS,
    *suspension.ROWS,
    *collection.GIVING_UP,
    payments.REFUND,
    *effects.ADJUSTMENTS,
)
