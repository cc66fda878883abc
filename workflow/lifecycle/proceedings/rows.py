"""The rows of an adopted act from its service to its last ruling: the same for both machines of decisions.

`proceedings_rows(standing=(State.ADOPTED, …), final=State.FINAL, annulled=State.ANNULLED)` gives, for one machine,
record_service, record_failed_service, record_contest, correct_service, record_appeal, record_ruling, propose_finality
and record_finality.

`standing` are the states of an act that binds and is not final; the first is the one that adoption leads to, and to
which a reversed annulment or an undone finality leads back. With `reduced`, a ruling that lowers the sum leads there.
`rests` are guards against which it is neither served nor becomes final.
"""

from workflow.lifecycle.facts import AdoptedAct
from workflow.lifecycle.kernel.rules import HEAD, REGISTRAR, SAME, SCHEDULER, Chosen, Guard, Row, Same, Situation
from workflow.lifecycle.proceedings.appeals import CAN_BE_APPEALED, record_appeal
from workflow.lifecycle.proceedings.contents import (
    AppealContent,
    ContestContent,
    CorrectionContent,
    FailedServiceContent,
    FinalityContent,
    RulingContent,
    ServiceContent,
)
from workflow.lifecycle.proceedings.correction import correct_service, undoes_finality
from workflow.lifecycle.proceedings.finality import WINDOWS_OVER, propose_finality, record_finality
from workflow.lifecycle.proceedings.rulings import record_ruling
from workflow.lifecycle.proceedings.rulings_guards import (
    REINSTATES,
    RULING_STANDS,
    annuls_the_whole,
    lowers_the_penalty,
)
from workflow.lifecycle.proceedings.service import record_contest, record_failed_service, record_service
from workflow.lifecycle.proceedings.service_guards import CAN_BE_CONTESTED, CAN_BE_CORRECTED, CAN_BE_SERVED, IS_ATTEMPT
from workflow.lifecycle.vocabulary import State, Trigger

_SERVICE = "the period runs from service"
_REMEDY = "Charter of Fundamental Rights art. 47"
_FORCE = "an act is final when no appeal can be lodged any more"


def proceedings_rows(
    *,
    standing: tuple[State, ...],
    final: State,
    annulled: State,
    reduced: State | None = None,
    rests: tuple[Guard, ...] = (),
) -> tuple[Row, ...]:
    """The rows of one machine; see the head of this file."""
    adopted, open_to_appeal = standing[0], (*standing, final)
    corrected = Chosen((adopted, SAME), lambda at: adopted if undoes_finality(at) else SAME)
    over = (*rests, *WINDOWS_OVER)
    return (
        Row(
            trigger=Trigger.RECORD_SERVICE,
            sources=standing,
            target=SAME,
            roles=REGISTRAR,
            label="Record service on an addressee",
            ground=_SERVICE,
            guards=(*rests, CAN_BE_SERVED),
            takes=ServiceContent,
            act=record_service,
        ),
        Row(
            trigger=Trigger.RECORD_FAILED_SERVICE,
            sources=standing,
            target=SAME,
            roles=REGISTRAR,
            label="Record a failed attempt",
            ground=_SERVICE,
            guards=(IS_ATTEMPT,),
            takes=FailedServiceContent,
            act=record_failed_service,
        ),
        Row(
            trigger=Trigger.RECORD_CONTEST,
            sources=open_to_appeal,
            target=SAME,
            roles=REGISTRAR,
            label="Record that service is contested",
            ground=_SERVICE,
            guards=(CAN_BE_CONTESTED,),
            takes=ContestContent,
            act=record_contest,
        ),
        *(
            Row(
                trigger=Trigger.CORRECT_SERVICE,
                sources=sources,
                target=target,
                roles=REGISTRAR,
                confirmed_by=HEAD,
                label="Correct the service on an addressee",
                ground=_SERVICE,
                guards=(CAN_BE_CORRECTED,),
                takes=CorrectionContent,
                act=correct_service,
            )
            for sources, target in ((standing, SAME), ((final,), corrected))
        ),
        Row(
            trigger=Trigger.RECORD_APPEAL,
            sources=open_to_appeal,
            target=SAME,
            roles=REGISTRAR,
            label="Record an appeal",
            ground=_REMEDY,
            guards=(CAN_BE_APPEALED,),
            takes=AppealContent,
            act=record_appeal,
        ),
        *(
            Row(
                trigger=Trigger.RECORD_RULING,
                sources=sources,
                target=target,
                roles=REGISTRAR,
                label="Record a ruling",
                ground=_REMEDY,
                guards=guards,
                takes=RulingContent,
                act=record_ruling,
            )
            for sources, target, guards in (
                (open_to_appeal, _ruled(annulled, reduced), (RULING_STANDS,)),
                ((annulled,), adopted, (RULING_STANDS, REINSTATES)),
            )
        ),
        Row(
            trigger=Trigger.PROPOSE_FINALITY,
            sources=standing,
            target=SAME,
            roles=SCHEDULER,
            label="Propose finality",
            ground=_FORCE,
            guards=over,
            step=True,
            act=propose_finality,
        ),
        Row(
            trigger=Trigger.RECORD_FINALITY,
            sources=standing,
            target=final,
            roles=REGISTRAR,
            label="Record finality",
            ground=_FORCE,
            guards=over,
            takes=FinalityContent,
            act=record_finality,
        ),
    )


def _ruled(annulled: State, reduced: State | None) -> Chosen:
    """Where a ruling leads: it annuls the act as a whole, lowers its sum, or leaves it as it is."""

    def choose(at: Situation[AdoptedAct, RulingContent]) -> State | Same:
        if annuls_the_whole(at.content.items):
            return annulled
        if reduced is not None and lowers_the_penalty(at.content.items):
            return reduced
        return SAME

    return Chosen((annulled, SAME) if reduced is None else (annulled, reduced, SAME), choose)
