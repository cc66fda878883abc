"""The facts of a case: one frozen tree, folded from its events and from nothing else.

What the law computed when a clock started (the last day) stands here as the event recorded it, with its receipt in
the journal: a later release of a calendar moves no recorded date.
"""

from workflow.lifecycle.facts.access_request import AccessRequest
from workflow.lifecycle.facts.case import AdoptedAct, CaseFacts
from workflow.lifecycle.facts.dead_letter import DeadLetter
from workflow.lifecycle.facts.debt import Debt, Instalment, Payment
from workflow.lifecycle.facts.decision import Decision, Hearing
from workflow.lifecycle.facts.filing import Attachment, Claim, Filing
from workflow.lifecycle.facts.ids import Subject, case_id, child_id, request_id
from workflow.lifecycle.facts.order import Finding, Grace, Limb, Order, OrderTerms, Spell, Suspension
from workflow.lifecycle.facts.party import Party, Representative
from workflow.lifecycle.facts.penalty_clause import Cap, Clause, ClauseTerms, RateChange
from workflow.lifecycle.facts.penalty_decision import Attendance, Grounds, PenaltyDecision, Reduction, Sum
from workflow.lifecycle.facts.pending import PendingAct
from workflow.lifecycle.facts.proceedings import Appeal, FailedService, Ruling, RulingItem, Served, Service
