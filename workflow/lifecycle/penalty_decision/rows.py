"""The machine of a penalty decision: from the proposal through the hearing of the party to the sum that is fixed."""

from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.penalty_decision import adoption, correction, hearing, outcomes, proposal
from workflow.lifecycle.penalty_decision.correction import BASIS_STANDS
from workflow.lifecycle.proceedings.rows import proceedings_rows
from workflow.lifecycle.vocabulary import PenaltyDecisionState

ROWS: tuple[Row, ...] = (
    *proposal.ROWS,
    *hearing.ROWS,
    *adoption.ROWS,
    *outcomes.ROWS,
    *correction.ROWS,
    *proceedings_rows(
        standing=(PenaltyDecisionState.ADOPTED, PenaltyDecisionState.REDUCED),
        final=PenaltyDecisionState.FINAL,
        annulled=PenaltyDecisionState.ANNULLED,
        reduced=PenaltyDecisionState.REDUCED,
        rests=(BASIS_STANDS,),
    ),
)
