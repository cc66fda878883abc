"""Who lives in a case: named accounts, one of them with every role a person can have at once."""

from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Role

SCHEDULER = Actor("scheduler", frozenset({Role.SCHEDULER}))
_NOT_A_PERSONS = {Role.SCHEDULER, Role.COUNSEL, Role.AUDITOR, Role.ADMINISTRATOR}
ONE_EACH = [Actor(role.value, frozenset({role})) for role in Role if role not in _NOT_A_PERSONS]
SECOND = [Actor(f"second {role.value}", frozenset({role})) for role in (Role.CASE_OFFICER, Role.DECISION_MAKER)]
CHIEF = Actor("chief", frozenset(set(Role) - _NOT_A_PERSONS))
PEOPLE = [*ONE_EACH, *SECOND, CHIEF]
