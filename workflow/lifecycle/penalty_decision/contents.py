"""What is said of a penalty: the proposal, the notice of its grounds, the session, the adoption, how it ends."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.lifecycle.facts import Reduction
from workflow.lifecycle.kernel.accounts import Account, Member
from workflow.lifecycle.kernel.text import Text
from workflow.lifecycle.vocabulary import DaysAfter, ServiceChannel


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalContent:
    """`propose_penalty` by an officer: the last day assessed; by default the day before today."""

    assessed_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundsContent:
    """`notify_grounds`: the day on which the grounds reached the party, how, and the rapporteur, where there is one.

    `window_ends_on` gives the party longer than the regime's clock, and is needed where the regime has no period.
    """

    DATED: ClassVar = ("notified_on", "the day the grounds were notified")

    notified_on: date
    channel: ServiceChannel
    rapporteur: Account | None = None
    window_ends_on: date | None = None
    proof: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowContent:
    """`extend_window`: the new last day for observations; the number of the filing it grants, if of one."""

    window_ends_on: date
    request: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverContent:
    """`record_waiver`: the day on which the party gave up the rest of the window in writing, and where that stands."""

    DATED: ClassVar = ("waived_on", "the day of the waiver")

    waived_on: date
    proof: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalContent:
    """`record_recusal`: the account of the member who stands aside."""

    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionContent:
    """`deliberate`: the day of the session, and the accounts of the members present where attendance is recorded."""

    DATED: ClassVar = ("session_on", "the day of the session")
    NEEDED_WHERE: ClassVar = {"present": ("body.attendance", "body.quorum")}

    session_on: date
    present: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionContent:
    """`adopt`: a reduction states what remains to be paid and its article; it needs its reasons."""

    reduction: Reduction | None = None
    reasons: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPenaltyContent:
    """`close_without_penalty`: whether its days stay open to another proposal or are released for good."""

    days: DaysAfter
    reasons: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsContent:
    """Why the body confirms, replaces, withdraws or declares void."""

    reasons: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSumContent:
    """`replace_sum`: why; the sum itself is computed from the facts."""

    reasons: Text | None = None
