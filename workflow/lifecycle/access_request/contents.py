"""What is said of an access request: who asked is never said, only the reference the parties use."""

from datetime import date

from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.kernel.text import Text


@frozen(kw_only=True)
class RequestContent:
    """`register_request`: the pseudonym the parties use for it, and the day the respondent received it."""

    reference: str = asks("The pseudonym under which the authority files the request.", "AR-2022-0001")
    received_on: date = asks("The day the company received it.", date(2022, 9, 1))


@frozen(kw_only=True)
class ExtensionNoticeContent:
    """`extend`: the day on which the respondent told the person that it needs more time, and why."""

    told_on: date = asks("The day the person was told that the answer takes longer.", date(2022, 9, 20))


@frozen(kw_only=True)
class AnswerContent:
    """`record_answer`: the day on which the respondent answered."""

    answered_on: date = asks("The day the person got the answer.", date(2022, 9, 28))


@frozen(kw_only=True)
class RefusalContent:
    """`record_refusal`: the day on which the respondent refused, and the article it relied on."""

    refused_on: date = asks("The day the person was told of the refusal.", date(2022, 9, 28))
    ground: str = asks("The article the company refuses under.", "GDPR art. 12(5)(b)")


@frozen(kw_only=True)
class NoDataContent:
    """`record_no_data`: the day on which the respondent said that it holds no data of the person."""

    found_on: date = asks("The day the person was told that there are no data.", date(2022, 9, 28))


@frozen(kw_only=True)
class DisputeContent:
    """`dispute`: the day on which the person said that this was no answer."""

    disputed_on: date = asks("The day the person disputed the answer.", date(2022, 10, 10))
    text: Text | None = asks("What is disputed.", "The copy leaves out the photographs.", default=None)


@frozen(kw_only=True)
class SetAsideContent:
    """`set_aside`: why this request no longer counts under the order."""

    reasons: Text = asks("Why the request is set aside.", "It was sent twice.")
