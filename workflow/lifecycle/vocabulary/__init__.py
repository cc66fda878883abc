"""The words of the domain as enums: one word a thing, stored and sent by value."""

from workflow.lifecycle.vocabulary.states import (
    AccessRequestState as AccessRequestState,
)
from workflow.lifecycle.vocabulary.states import (
    CaseState as CaseState,
)
from workflow.lifecycle.vocabulary.states import (
    ClauseState as ClauseState,
)
from workflow.lifecycle.vocabulary.states import (
    DebtState as DebtState,
)
from workflow.lifecycle.vocabulary.states import (
    DecisionState as DecisionState,
)
from workflow.lifecycle.vocabulary.states import (
    FilingState as FilingState,
)
from workflow.lifecycle.vocabulary.states import (
    OrderState as OrderState,
)
from workflow.lifecycle.vocabulary.states import (
    PenaltyDecisionState as PenaltyDecisionState,
)
from workflow.lifecycle.vocabulary.states import (
    State as State,
)
from workflow.lifecycle.vocabulary.terms import (
    STAFF as STAFF,
)
from workflow.lifecycle.vocabulary.terms import (
    AccruesFrom as AccruesFrom,
)
from workflow.lifecycle.vocabulary.terms import (
    Asked as Asked,
)
from workflow.lifecycle.vocabulary.terms import (
    AttemptOutcome as AttemptOutcome,
)
from workflow.lifecycle.vocabulary.terms import (
    Audience as Audience,
)
from workflow.lifecycle.vocabulary.terms import (
    DaysAfter as DaysAfter,
)
from workflow.lifecycle.vocabulary.terms import (
    DebtKind as DebtKind,
)
from workflow.lifecycle.vocabulary.terms import (
    FilingKind as FilingKind,
)
from workflow.lifecycle.vocabulary.terms import (
    FilingOutcome as FilingOutcome,
)
from workflow.lifecycle.vocabulary.terms import (
    Form as Form,
)
from workflow.lifecycle.vocabulary.terms import (
    ItemKind as ItemKind,
)
from workflow.lifecycle.vocabulary.terms import (
    Liability as Liability,
)
from workflow.lifecycle.vocabulary.terms import (
    Nature as Nature,
)
from workflow.lifecycle.vocabulary.terms import (
    Observations as Observations,
)
from workflow.lifecycle.vocabulary.terms import (
    PartyKind as PartyKind,
)
from workflow.lifecycle.vocabulary.terms import (
    PeriodFrom as PeriodFrom,
)
from workflow.lifecycle.vocabulary.terms import (
    Retroactivity as Retroactivity,
)
from workflow.lifecycle.vocabulary.terms import (
    Role as Role,
)
from workflow.lifecycle.vocabulary.terms import (
    RulingOutcome as RulingOutcome,
)
from workflow.lifecycle.vocabulary.terms import (
    ServiceBasis as ServiceBasis,
)
from workflow.lifecycle.vocabulary.terms import (
    ServiceChannel as ServiceChannel,
)
from workflow.lifecycle.vocabulary.terms import (
    SubjectKind as SubjectKind,
)
from workflow.lifecycle.vocabulary.terms import (
    SuspensionEffect as SuspensionEffect,
)
from workflow.lifecycle.vocabulary.terms import (
    SuspensionScope as SuspensionScope,
)
from workflow.lifecycle.vocabulary.triggers import Trigger as Trigger
