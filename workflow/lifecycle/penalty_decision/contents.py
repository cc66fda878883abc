"""What is said of a penalty: the proposal, the notice of its grounds, the session, the adoption, how it ends."""

from datetime import date
from typing import ClassVar

from workflow.lifecycle.facts import Reduction
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.kernel.accounts import Account, Member
from workflow.lifecycle.kernel.text import Text
from workflow.lifecycle.vocabulary import DaysAfter, ServiceChannel


@frozen(kw_only=True)
class ProposalContent:
    """`propose_penalty` by an officer: the last day assessed; by default the day before today."""

    assessed_to: date | None = asks(
        "The last day of the slice; by default the day before the act.", date(2023, 2, 9), default=None
    )


@frozen(kw_only=True)
class GroundsContent:
    """`notify_grounds`: the day on which the grounds reached the party, how, and the rapporteur, where there is one.

    `window_ends_on` gives the party longer than the regime's clock, and is needed where the regime has no period.
    """

    DATED: ClassVar = ("notified_on", "the day the grounds were notified")

    notified_on: date = asks("The day the party got the grounds.", date(2023, 2, 20))
    channel: ServiceChannel = asks("How they were delivered.", ServiceChannel.REGISTERED_LETTER)
    rapporteur: Account | None = asks(
        "The account of the rapporteur.", "5a0c8bde-0f0c-5c0e-9f5b-3f3d8c6f7a10", default=None
    )
    window_ends_on: date | None = asks(
        "The last day for observations; by default as the regime says.", date(2023, 3, 20), default=None
    )
    proof: Text | None = asks("What proves the delivery.", "Acknowledgement of receipt RR123", default=None)


@frozen(kw_only=True)
class WindowContent:
    """`extend_window`: the new last day for observations; the number of the filing it grants, if of one."""

    window_ends_on: date = asks("The new last day for observations.", date(2023, 4, 3))
    request: int | None = asks("The number of the filing that this grants, if one waits.", 3, default=None)


@frozen(kw_only=True)
class WaiverContent:
    """`record_waiver`: the day on which the party gave up the rest of the window in writing, and where that stands."""

    DATED: ClassVar = ("waived_on", "the day of the waiver")

    waived_on: date = asks("The day the party waived being heard.", date(2023, 2, 27))
    proof: Text = asks("What proves the waiver.", "Letter of counsel of 27 February 2023")


@frozen(kw_only=True)
class RecusalContent:
    """`record_recusal`: the account of the member who stands aside."""

    account: Account = asks("The account of the person who stands aside.", "5a0c8bde-0f0c-5c0e-9f5b-3f3d8c6f7a10")


@frozen(kw_only=True)
class SessionContent:
    """`deliberate`: the day of the session, and the accounts of the members present where attendance is recorded."""

    DATED: ClassVar = ("session_on", "the day of the session")
    NEEDED_WHERE: ClassVar = {"present": ("body.attendance", "body.quorum")}

    session_on: date = asks("The day of the session.", date(2023, 4, 13))
    present: tuple[Member, ...] = asks(
        "The accounts of the members who sat.", ("5a0c8bde-0f0c-5c0e-9f5b-3f3d8c6f7a10",), default=()
    )


@frozen(kw_only=True)
class AdoptionContent:
    """`adopt`: a reduction states what remains to be paid and its article; it needs its reasons."""

    reduction: Reduction | None = asks("The lower sum to be paid, with its article.", default=None)
    reasons: Text | None = asks("The reasons of the decision.", "No proof of compliance was received.", default=None)


@frozen(kw_only=True)
class NoPenaltyContent:
    """`close_without_penalty`: whether its days stay open to another proposal or are released for good."""

    days: DaysAfter = asks("Whether its days may be proposed again, or are released for good.", DaysAfter.RELEASED)
    reasons: Text | None = asks("Why no penalty is decided.", "The delay was the postal service's.", default=None)


@frozen(kw_only=True)
class ReasonsContent:
    """Why the body confirms, replaces, withdraws or declares void."""

    reasons: Text = asks("Why.", "The file was sent to the wrong court.")


@frozen(kw_only=True)
class NewSumContent:
    """`replace_sum`: why; the sum itself is computed from the facts."""

    reasons: Text | None = asks(
        "Why the sum is stated anew.", "Service was corrected to 25 October 2022.", default=None
    )
