"""Files of a filing in the pure machine: what the event says, when one is in time, and what is refused."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.support.refused import refused_by
from tests.support.register import DECIDER, HEAD, OFFICER, REGISTRAR, Register
from tests.workflow.lifecycle.test_filings import SHEET, filing, reported, subject
from tests.workflow.lifecycle.test_observations import hearing, observe
from workflow.lifecycle.facts import Attachment
from workflow.lifecycle.filing.filing import FilingAttached
from workflow.lifecycle.kernel.refusals import IllegalTransition, RoleNotPermitted
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.reading.messages import notice, told
from workflow.lifecycle.vocabulary import Audience, FilingState, Trigger

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def attach(register: Register, who: Actor = REGISTRAR, **members: Any) -> None:
    data = {"sha256": HASH, "size": 4, "media_type": "text/plain", "name": "A. Person.txt", **members}
    register.pull(who, Trigger.ATTACH, subject(register), data)


def test_a_file_is_recorded_by_its_hash_and_its_name_stands_beside_the_chain() -> None:
    register = reported()
    attach(register, received_on="2022-12-11")
    (event,) = register.events[-1:]
    assert (event.type, event.audience) == (FilingAttached.type, Audience.SERVED)
    assert event.data == {
        "sha256": HASH,
        "size": 4,
        "media_type": "text/plain",
        "received_on": "2022-12-11",
        "in_time": True,
        "file_by": "2022-12-19",
    }
    assert event.text == {"name": "A. Person.txt"}
    assert event.effective_on == date(2022, 12, 11)
    kept = Attachment(HASH, 4, "text/plain", date(2022, 12, 11), in_time=True, file_by=date(2022, 12, 19))
    assert filing(register).attachments == (kept,)
    assert filing(register).state is FilingState.RECEIVED
    assert told(register.case, event) == {1}


def test_counsel_is_told_of_the_hash_and_not_of_the_name() -> None:
    register = reported()
    attach(register)
    said = notice(register.case, register.events[-1], datetime(2022, 12, 28, tzinfo=UTC))["data"]
    assert (said["sha256"], said["in_time"]) == (HASH, False)
    assert "Person" not in str(said)


@pytest.mark.parametrize(("on", "in_time"), [("2022-12-10", True), ("2022-12-19", True), ("2022-12-20", False)])
def test_a_file_is_in_time_on_the_last_day_still(on: str, in_time: bool) -> None:
    register = reported()
    attach(register, received_on=on)
    assert filing(register).attachments[0].in_time is in_time


@pytest.mark.parametrize(("on", "in_time"), [("2023-03-20", True), ("2023-03-21", False)])
def test_a_file_with_observations_is_in_time_while_the_window_is_open(on: str, in_time: bool) -> None:
    register = hearing()
    observe(register, on="2023-03-20")
    register.on("2023-03-25")
    attach(register, received_on=on)
    assert filing(register).attachments[0].in_time is in_time


def test_files_are_taken_in_until_the_filing_is_dealt_with() -> None:
    register = reported()
    attach(register)
    register.pull(OFFICER, Trigger.ASSESS, subject(register))
    attach(register, OFFICER, sha256=HASH[::-1])
    assert filing(register).state is FilingState.UNDER_ASSESSMENT
    register.pull(OFFICER, Trigger.ACCEPT, subject(register), SHEET)
    register.pull(HEAD, Trigger.CONFIRM, subject(register))
    assert [each.sha256 for each in filing(register).attachments] == [HASH, HASH[::-1]]
    with pytest.raises(IllegalTransition):
        attach(register, sha256="0" * 64)


def test_what_is_refused() -> None:
    register = reported()
    with refused_by("came_with_or_after"):
        attach(register, received_on="2022-12-09")
    attach(register)
    with refused_by("not_attached_yet"):
        attach(register)
    for who in (HEAD, DECIDER):
        with pytest.raises(RoleNotPermitted):
            attach(register, who, sha256="0" * 64)
