"""The windows of appeal: until when each addressee may appeal, and when the act can be final."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.appeal import appeal_window, finality_day
from workflow.law.invalid import InvalidRequest
from workflow.law.regime import Regime, regime
from workflow.lifecycle.facts import AdoptedAct, CaseFacts, Service
from workflow.lifecycle.proceedings.adopted import open_appeal, unserved


def rules_on(case: CaseFacts, day: date, otherwise: Regime) -> Regime:
    """The version of the rules in force on the day that starts a clock; those of the act where none covers it."""
    try:
        return regime(case.regime, day)
    except InvalidRequest:
        return otherwise


def window_of(case: CaseFacts, service: Service, rules: Regime) -> Mapping[str, Any] | None:
    """The receipt of the time in which an addressee may appeal; None where the regime has no clock for it."""
    in_force = rules_on(case, service.served_on, rules)
    return appeal_window(service.served_on, service.posted_on, case.party(service.addressee).country, in_force)


def window_end(case: CaseFacts, service: Service, rules: Regime) -> date | None:
    """The last day on which an addressee may appeal."""
    window = window_of(case, service, rules)
    return None if window is None else date.fromisoformat(window["result"]["last_day"])


def window_ends(case: CaseFacts, act: AdoptedAct, rules: Regime) -> list[date]:
    """The last days to appeal of those who were served; a service that ends no window ends it on its own day."""
    return [window_end(case, service, rules) or service.served_on for service in act.services]


def can_be_final_on(case: CaseFacts, act: AdoptedAct, rules: Regime) -> date | None:
    """The first day on which finality is proposed; None before service on all, or while an appeal is open."""
    if unserved(case, act) or open_appeal(act) is not None:
        return None
    return finality_day(window_ends(case, act, rules), rules)
