"""Results in words: each rule is one sentence of the English of a decision, and nothing is said twice."""

from datetime import date
from typing import Any

import pytest
from holidays.version import __version__ as edition

from tests.workflow.law.test_readings import CLEARVIEW
from workflow.law.explain import explain
from workflow.law.penalty import compute_penalty
from workflow.law.period import compute_deadline
from workflow.law.regime import regime
from workflow.law.service import deemed_service
from workflow.law.wording import in_words, sentence

DAYS = {"accrual_from": "2024-01-01", "assessed_to": "2024-01-31", "currency": "EUR", "per": "P1D", "rate": "100"}
EACH = DAYS | {"scope": "per_obligation"}


def test_clearview_reads_like_a_paragraph() -> None:
    said = explain(compute_penalty(CLEARVIEW), CLEARVIEW)
    pin = compute_penalty(CLEARVIEW)["explanation"][0]["reference"].partition("sha256 ")[2]
    assert said == (
        "The order was served on 19 October 2022. "
        f"The rules of fr-cnil@1 apply (France: CNIL, restricted committee, ordinary procedure; sha256 {pin}). "
        "The rules of fr-cnil@1 are in force since 25 May 2018 (GDPR art. 99; LIL art. 20; a rule not yet verified). "
        "The period for compliance starts with service (LIL art. 20 IV; SAN-2022-019; a rule not yet verified). "
        "The day of the event is not counted; two months run to 19 December 2022 (CPC art. 641). "
        "The last day stands even where it is no working day "
        "(observed in Kourou, SAN-2024-009; a rule not yet verified). "
        "The first late day is the day after it, 20 December 2022. "
        "No rate is above the limit of EUR 100,000.00 for one day (LIL art. 20 IV). "
        "From 20 December 2022 to 9 February 2023, both included, 52 days at EUR 100,000.00 make EUR 5,200,000.00. "
        "The penalty amounts to EUR 5,200,000.00."
    )


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (
            {"event_on": "2026-04-17", "period": "P15D", "calendar": "FR", "roll": "next_working_day"},
            "15 days run to 2 May 2026. That is a Saturday, and the period runs to the next working day, 4 May 2026 (c",
        ),
        ({"event_on": "2026-04-17", "period": "P1D"}, "one day runs to 18 April 2026. The last day that still counts"),
        (
            {"event_on": "2026-01-31", "period": "P1M"},
            "since a month that lacks the number of the day ends on its last",
        ),
        (
            {"event_on": "2026-01-12", "period": "P1M", "distance_months": 1, "franc": True},
            "one month, with one month more for distance, run to 12 March 2026. The period is franc: its last day does "
            "not count either, and it runs to 13 March 2026.",
        ),
        (
            {"event_on": "2026-01-12", "period": "P1M15D", "first_day": "include"},
            "The day of the event counts as the first; one month and 15 days run to 26 February 2026.",
        ),
        (
            {"event_on": "2026-04-29", "period": "P1D", "day_kind": "working", "calendar": "FR", "roll": "none"},
            "One working day, counted from the day after the event, runs to 30 April 2026 (calendar FR",
        ),
        (
            {"event_on": "2026-04-17", "period": "P1M", "regime": "fr-cnil", "clock": "payment"},
            "The period for payment starts with service (",
        ),
        (
            {"event_on": "2026-06-05", "period": "P2D", "regime": "eu-commission@1", "clock": "compliance"},
            "The period must contain two working days and runs to 9 June 2026 (calendar EU",
        ),
        (
            {"event_on": "2025-10-20", "direction": "before", "period": "P3D", "clear_days": True}
            | {"short_period": 5, "calendar": "GB-ENG"},
            "A period of at most five days counts working days only. Three working days, counted back from the day "
            "before the event, run to 15 October 2025 (calendar GB-ENG",
        ),
        (
            {"event_on": "2025-10-20", "direction": "before", "period": "P3D", "clear_days": True},
            "The day of the event is not counted; counted back, three days run to 17 October 2025. The days are clear: "
            "neither the day of the event nor the last day is one of them, and the period runs to 16 October 2025. The",
        ),
        (
            {"event_on": "2026-06-30", "direction": "before", "period": "P1M", "calendar": "FR"}
            | {"roll": "previous_working_day"},
            "counted back, one month runs to 30 May 2026. That is a Saturday, and the period runs to the previous "
            "working day, 29 May 2026 (calendar FR",
        ),
        (
            {"event_on": "2026-03-31", "direction": "before", "period": "P1M", "first_day": "include"},
            "The day of the event counts as the first; counted back, one month runs to 1 March 2026, since a month",
        ),
        (
            {"event_on": "2026-06-30", "period": "P1M", "month_count": "day_after", "recess": "BE"},
            "Months are counted from the day after the event; one month runs to 31 July 2026. The period begins and "
            "ends in the recess BE (July and August), and its last day moves to 15 September 2026 (Code judiciaire "
            "art. 50).",
        ),
        (
            {"event_on": "2026-08-10", "period": "P40D", "recess": "IT"},
            "The event lies in the recess IT (1 to 31 August); the period is counted as from 31 August 2026, its last "
            "day (L. 742/1969 art. 1).",
        ),
        (
            {"event_on": "2026-07-20", "period": "P15D", "recess": "IT"},
            "31 days of the recess IT (1 to 31 August) do not count, and the period runs to 4 September 2026 (L. 742/",
        ),
        (
            {"event_on": "2026-07-20", "period": "P2M", "recess": "ES"},
            "The recess ES (August) is passed over, with one month more, and the period runs to 20 October 2026 (Law",
        ),
        (
            {"event_on": "2026-07-20", "period": "P15D", "month_count": "day_after", "short_period": 5}
            | {"calendar": "FR"},
            "What is said of short_period is not applied, as the period is longer than five days. What is said of "
            "month_count is not applied, as the period has no months.",
        ),
        (
            {"event_on": "2026-12-23", "period": "P1D", "calendar": "SE", "roll": "next_working_day"},
            "That is a holiday, and the period runs to the next working day, 28 December 2026 (calendar SE, holidays "
            f"{edition}, and lag (1930:173) § 2 (edition 1); passed: Christmas Eve on 24 December 2026, Christmas Day",
        ),
        (
            {"event_on": "2026-04-17", "period": "P2M", "timezone": "Europe/Paris"},
            "The last day that still counts is 17 June 2026. It ends at 22:00 UTC on 17 June 2026.",
        ),
        (
            {"event_at": "2026-03-28T12:20:30", "timezone": "Europe/Paris", "period": "PT24H", "roll": "none"},
            "The event that starts the clock was at 12:20:30 on 28 March 2026. The hour of the event is not counted; "
            "the next begins at 13:00 on 28 March 2026 (UTC+01:00). 24 hours of elapsed time are counted, whatever the "
            "clocks do. What is said of roll is not applied, as a period in hours never rolls. "
            "The period ends at 14:00 on 29 March 2026 (UTC+02:00).",
        ),
    ],
)
def test_a_deadline_in_words(request_: dict[str, Any], said: str) -> None:
    assert said in explain(compute_deadline(request_), request_)


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (
            DAYS | {"already_liquidated": [{"from": "2024-01-01", "to": "2024-01-01"}]},
            "On 1 January 2024, one day was fixed before and is not counted again. From 2 January 2024 to "
            "31 January 2024, both included, 30 days at EUR 100.00 make EUR 3,000.00. The penalty amounts to",
        ),
        (
            DAYS | {"reduction": {"fraction": "1/2", "reason": "a first time."}},
            "The penalty would amount to EUR 3,100.00. It is reduced to EUR 1,550.00, for this reason: a first time.",
        ),
        (
            DAYS | {"reduction": {"amount": "9999", "reason": "none"}},
            "The reduction leaves it as it is, for this reason: none.",
        ),
        (DAYS | {"assessed_to": "2023-12-31"}, "No day is counted. The penalty amounts to EUR 0.00."),
        (
            DAYS
            | {
                "suspensions": [
                    {"from": "2024-01-05", "to": "2024-01-10", "reason": "a stay"},
                    {"from": "2024-01-09", "to": "2024-01-12"},
                ],
                "excused": [{"from": "2024-01-20", "to": "2024-01-20", "reason": "a strike"}],
            },
            "Six late days from 5 January 2024 to 10 January 2024 are not counted (a stay). Two more late days from "
            "9 January 2024 to 12 January 2024 are not counted (suspended, as the request states). "
            "One late day on 20 January 2024 is not counted (a strike).",
        ),
        (
            DAYS | {"cap": {"amount": "150", "until": "2024-01-20"}},
            "Nothing accrues beyond the cap of EUR 150.00. Nothing accrues after 20 January 2024, the last day under "
            "the cap. On 1 January 2024, one day at EUR 100.00 is counted. On 2 January 2024, one day is counted with "
            "the EUR 50.00 left under the cap. In all two days are counted.",
        ),
        (DAYS | {"cap": {"units": 1}}, "Nothing accrues beyond the cap of 1 unit."),
        (
            DAYS | {"deadline": "2023-12-20", "extended_to": "2023-12-31"},
            "The last day for compliance was 20 December 2023. The last day was moved to 31 December 2023. "
            "The first late day is the day after it, 1 January 2024.",
        ),
        (
            EACH
            | {"obligations": [{"name": "a"}, {"name": "b", "count": 2}, {"name": "c", "complied_on": "2024-01-01"}]},
            "62 days at EUR 100.00 make EUR 6,200.00 (b: not met, 2 times). In all 93 days are counted. "
            "The penalty amounts to EUR 9,300.00. Of this, EUR 3,100.00 is for a and EUR 6,200.00 for b.",
        ),
        (
            DAYS | {"liability": "several", "addressees": [{"name": "Alpha"}, {"name": "Beta", "rate": "1"}]},
            "Alpha owes EUR 3,100.00 and Beta owes EUR 31.00.",
        ),
        (
            DAYS | {"liability": "joint", "addressees": [{"name": "Alpha"}, {"name": "Beta"}]},
            "One debt, owed jointly by Alpha and Beta.",
        ),
        (
            DAYS | {"per": "P2W"},
            "Only completed units of two weeks count, as nothing else is said. From 1 January 2024 to 28 January 2024, "
            "both included, two units of two weeks at EUR 100.00 make EUR 200.00.",
        ),
        (
            DAYS | {"per": "breach", "breaches": ["2024-01-05", "2024-01-06"]},
            "On 5 January 2024, one breach at EUR 100.00 is counted. On 6 January 2024, one breach at EUR 100.00 is "
            "counted. In all two breaches are counted.",
        ),
        (DAYS | {"per": "lump_sum"}, "On 1 January 2024, one sum of EUR 100.00 is counted. The penalty amounts to"),
        (
            {
                **{"currency": "EUR", "per": "lump_sum", "scope": "per_obligation"},
                "obligations": [{"name": "part 5", "rate": "40000", "met": False}, {"name": "part 6", "met": True}],
            },
            "One sum of EUR 40,000.00 is counted (part 5: not met). The penalty amounts to EUR 40,000.00.",
        ),
        (
            DAYS | {"regime": "fr-cnil@1", "per": "P1W", "scope": "per_obligation", "obligations": [{"name": "a"}]},
            "The penalties of fr-cnil@1 are for days; the request has one for one week (LIL art. 20 IV: a day of delay)"
            ". One penalty covers all obligations together; here there is one for each obligation (Cass. crim.",
        ),
        (
            DAYS | {"regime": "fi-ombudsman@1", "scope": "whole", "obligations": [{"name": "a"}]},
            "The regime has one penalty for each obligation; here there is one for all obligations together "
            "(uhkasakkolaki",
        ),
    ],
)
def test_a_statement_in_words(request_: dict[str, Any], said: str) -> None:
    asked = {name: value for name, value in request_.items() if not (name == "accrual_from" and "deadline" in request_)}
    assert said in explain(compute_penalty(asked), asked)


@pytest.mark.parametrize(("period", "named"), [("P27D", True), ("P28D", False), ("P1M", False)])
def test_a_period_below_the_least_of_its_clock_is_named(period: str, named: bool) -> None:
    request = {"event_on": "2026-05-01", "period": period, "regime": "ie-dpc", "clock": "compliance"}
    said = (
        "The period is shorter than 28 days, the least that its clock has (Data Protection Act 2018 s. 133: at least)."
    )
    assert (said in explain(compute_deadline(request), request)) is named


def test_without_its_request_a_statement_names_no_currency() -> None:
    assert explain(compute_penalty(DAYS)).endswith("31 units at 100.00 make 3,100.00. The penalty amounts to 3,100.00.")


def test_what_is_no_date_stays_as_it_is() -> None:
    assert in_words("SAN-2024-009, 2024-02-30 and 2024-02-29") == "SAN-2024-009, 2024-02-30 and 29 February 2024"


def test_a_verified_rule_that_the_request_follows_needs_no_word() -> None:
    request = EACH | {"regime": "fi-ombudsman@1", "obligations": [{"name": "a"}]}
    assert "penalty of its own" not in explain(compute_penalty(request), request)


def test_a_rule_without_words_of_its_own_says_from_where_to_where() -> None:
    found = deemed_service("posted", date(2025, 1, 2), regime("de-federal@2"))
    assert found is not None
    assert sentence(found.explanation[-1]) == (
        "Mail that was sent, from the day of posting: served on the last day: from 2 January 2025 to 6 January 2025 "
        "(VwVfG § 41(2))."
    )
