"""The rows in which somebody judges an order: unmet, met in part, met, met no longer; and what was done too early."""

from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import HEAD, OFFICER, SAME, Guard, Row, Same
from workflow.lifecycle.kernel.writing import Says
from workflow.lifecycle.order.breaches_guards import CAN_BE_BREACHED_AGAIN, DELETES_TOO_EARLY, RELAPSED_LIMBS
from workflow.lifecycle.order.compliance_guards import (
    ACCEPTED_BEFORE_SERVICE,
    COMPLIED_ON_IS_PAST,
    COMPLIED_ON_SINCE_SERVICE,
    PREREQUISITES_MET,
)
from workflow.lifecycle.order.contents import (
    ComplianceContent,
    LimbContent,
    NonComplianceContent,
    PrematureDeletionContent,
    RelapseContent,
)
from workflow.lifecycle.order.findings import (
    OrderPrematureDeletion,
    accept_compliance,
    accept_limb,
    establish_non_compliance,
    record_relapse,
)
from workflow.lifecycle.order.findings_guards import (
    FINDINGS_ON_LIMBS,
    LAST_DAY_OVER,
    NOT_BEFORE_ITS_LIMBS,
    ONE_UNMET_LIMB,
    UNMET_LIMBS,
)
from workflow.lifecycle.vocabulary import OrderState, Trigger

_OPEN = (OrderState.IN_FORCE, OrderState.EXPIRED, OrderState.NON_COMPLIANT)
_GROUND = "operative part of the decision"


def _acceptance(sources: tuple[OrderState, ...], target: OrderState | Same, *guards: Guard) -> Row:
    return Row(
        trigger=Trigger.ACCEPT_COMPLIANCE,
        sources=sources,
        target=target,
        roles=OFFICER,
        confirmed_by=HEAD,
        label="Accept compliance",
        ground=_GROUND,
        guards=(
            *guards,
            NOT_BACKWARDS,
            PREREQUISITES_MET,
            COMPLIED_ON_IS_PAST,
            COMPLIED_ON_SINCE_SERVICE,
            NOT_BEFORE_ITS_LIMBS,
            FINDINGS_ON_LIMBS,
        ),
        takes=ComplianceContent,
        act=accept_compliance,
    )


ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.ESTABLISH_NON_COMPLIANCE,
        sources=_OPEN,
        target=OrderState.NON_COMPLIANT,
        roles=OFFICER,
        confirmed_by=HEAD,
        label="Establish non-compliance",
        ground=_GROUND,
        guards=(NOT_BACKWARDS, LAST_DAY_OVER, UNMET_LIMBS, FINDINGS_ON_LIMBS),
        takes=NonComplianceContent,
        act=establish_non_compliance,
    ),
    Row(
        trigger=Trigger.ACCEPT_LIMB,
        sources=_OPEN,
        target=SAME,
        roles=OFFICER,
        confirmed_by=HEAD,
        label="Accept that a limb is met",
        ground=_GROUND,
        guards=(
            NOT_BACKWARDS,
            ONE_UNMET_LIMB,
            FINDINGS_ON_LIMBS,
            PREREQUISITES_MET,
            COMPLIED_ON_IS_PAST,
            COMPLIED_ON_SINCE_SERVICE,
        ),
        takes=LimbContent,
        act=accept_limb,
    ),
    _acceptance(_OPEN, OrderState.COMPLIED),
    _acceptance((OrderState.COMPLIED, OrderState.CLOSED), SAME, ACCEPTED_BEFORE_SERVICE),
    Row(
        trigger=Trigger.RECORD_RELAPSE,
        sources=(OrderState.COMPLIED,),
        target=OrderState.NON_COMPLIANT,
        roles=OFFICER,
        confirmed_by=HEAD,
        label="Record that it is breached again",
        ground=_GROUND,
        guards=(CAN_BE_BREACHED_AGAIN, NOT_BACKWARDS, LAST_DAY_OVER, RELAPSED_LIMBS, FINDINGS_ON_LIMBS),
        takes=RelapseContent,
        act=record_relapse,
    ),
    Row(
        trigger=Trigger.RECORD_PREMATURE_DELETION,
        sources=_OPEN,
        target=SAME,
        roles=OFFICER,
        label="Record that data were deleted too early",
        ground="deleting first destroys what people asked for",
        guards=(DELETES_TOO_EARLY,),
        takes=PrematureDeletionContent,
        act=Says(OrderPrematureDeletion),
    ),
)
