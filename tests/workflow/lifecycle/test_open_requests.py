"""What open access requests hold back: compliance with their order, and deletion after it."""

from tests.support.refused import refused_by
from tests.support.register import OFFICER, served
from tests.workflow.lifecycle.test_access_requests import ANSWERED, DISPUTED, S, asked, move, subject
from workflow.lifecycle.facts.access_request import NOT_VERIFIED, WAITING_FOR_ANSWER
from workflow.lifecycle.vocabulary import OrderState, Trigger


def test_compliance_waits_until_every_request_is_verified_or_set_aside() -> None:
    register = served().on("2022-11-20")
    for n in range(1, 4):
        asked(register, f"R-{n}")
    move(register, *ANSWERED)
    with refused_by("prerequisites_met") as said:
        register.comply(1, "2022-11-01")
    assert said.detail == "3 access requests under order 1 are not verified: 2 received, 1 answered."
    assert said.facts["reference"] == "Order SAN-2022-019, operative part; GDPR art. 15"
    move(register, Trigger.VERIFY)
    for place in (0, 1):
        register.pull(OFFICER, Trigger.SET_ASIDE, subject(register, place), {"reasons": "x"})
        if place == 0:
            register.confirm(subject(register, place))
    with refused_by("prerequisites_met") as said:
        register.comply(1, "2022-11-01")
    assert said.detail == "1 access request under order 1 is not verified: 1 received."
    register.confirm(subject(register, 1))
    register.comply(1, "2022-11-01")
    assert register.held(1).state is OrderState.COMPLIED


def test_what_was_proposed_before_a_request_came_cannot_be_confirmed_after() -> None:
    register = served().on("2022-11-20")
    register.pull(OFFICER, Trigger.ACCEPT_COMPLIANCE, register.order(1), {"complied_on": "2022-11-01"})
    asked(register)
    with refused_by("prerequisites_met"):
        register.confirm(register.order(1))


def test_deletion_waits_while_somebody_waits_for_the_respondent() -> None:
    register = served().on("2022-11-20")
    asked(register)
    move(register, *ANSWERED)
    move(register, Trigger.VERIFY)
    register.comply(1, "2022-11-01")
    move(register, *DISPUTED)
    with refused_by("prerequisites_met") as said:
        register.comply(2, "2022-11-10")
    assert said.detail == (
        "1 access request under order 1 is open through the respondent's doing, and deletion destroys what people "
        "asked for: 1 disputed."
    )
    move(register, Trigger.RECORD_ANSWER, {"answered_on": "2022-11-19"})
    register.comply(2, "2022-11-10")
    assert register.held(2).state is OrderState.COMPLIED


def test_who_waits_for_the_person_does_not_wait_for_the_respondent() -> None:
    assert {S.IDENTITY_CHECK, S.ANSWERED, S.REFUSED, S.NO_DATA_HELD} == NOT_VERIFIED - WAITING_FOR_ANSWER
    assert set(S) - NOT_VERIFIED == {S.ABSENT, S.VERIFIED, S.SET_ASIDE, S.CLOSED}
