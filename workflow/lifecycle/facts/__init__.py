"""The facts of a case: one frozen tree, folded from its events and from nothing else.

What the law computed when a clock started (the last day) stands here as the event recorded it, with its receipt in
the journal: a later release of a calendar moves no recorded date.
"""

from workflow.lifecycle.facts.access_request import AccessRequest as AccessRequest
from workflow.lifecycle.facts.case import AdoptedAct as AdoptedAct
from workflow.lifecycle.facts.case import CaseFacts as CaseFacts
from workflow.lifecycle.facts.dead_letter import DeadLetter as DeadLetter
from workflow.lifecycle.facts.debt import Debt as Debt
from workflow.lifecycle.facts.debt import Instalment as Instalment
from workflow.lifecycle.facts.debt import Payment as Payment
from workflow.lifecycle.facts.decision import Decision as Decision
from workflow.lifecycle.facts.decision import Hearing as Hearing
from workflow.lifecycle.facts.filing import Attachment as Attachment
from workflow.lifecycle.facts.filing import Claim as Claim
from workflow.lifecycle.facts.filing import Filing as Filing
from workflow.lifecycle.facts.ids import Subject as Subject
from workflow.lifecycle.facts.ids import case_id as case_id
from workflow.lifecycle.facts.ids import child_id as child_id
from workflow.lifecycle.facts.ids import request_id as request_id
from workflow.lifecycle.facts.order import Finding as Finding
from workflow.lifecycle.facts.order import Grace as Grace
from workflow.lifecycle.facts.order import Limb as Limb
from workflow.lifecycle.facts.order import Order as Order
from workflow.lifecycle.facts.order import Spell as Spell
from workflow.lifecycle.facts.order import Suspension as Suspension
from workflow.lifecycle.facts.party import Party as Party
from workflow.lifecycle.facts.party import Representative as Representative
from workflow.lifecycle.facts.penalty_clause import Cap as Cap
from workflow.lifecycle.facts.penalty_clause import Clause as Clause
from workflow.lifecycle.facts.penalty_clause import RateChange as RateChange
from workflow.lifecycle.facts.penalty_decision import Attendance as Attendance
from workflow.lifecycle.facts.penalty_decision import Grounds as Grounds
from workflow.lifecycle.facts.penalty_decision import PenaltyDecision as PenaltyDecision
from workflow.lifecycle.facts.penalty_decision import Reduction as Reduction
from workflow.lifecycle.facts.penalty_decision import Sum as Sum
from workflow.lifecycle.facts.pending import PendingAct as PendingAct
from workflow.lifecycle.facts.proceedings import Appeal as Appeal
from workflow.lifecycle.facts.proceedings import Attempt as Attempt
from workflow.lifecycle.facts.proceedings import Ruling as Ruling
from workflow.lifecycle.facts.proceedings import RulingItem as RulingItem
from workflow.lifecycle.facts.proceedings import Served as Served
from workflow.lifecycle.facts.proceedings import Service as Service
