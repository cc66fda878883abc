"""Where counsel is told: an endpoint for a represented party, with a secret that is shown once."""

import secrets
from base64 import b64encode
from dataclasses import dataclass
from uuid import uuid4

from workflow.law.invalid import invalid
from workflow.law.ladder import local_day
from workflow.law.regime import regime
from workflow.lifecycle.events import Event, EventType, Subject
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.refusals import Denial, GuardRefused, RoleNotPermitted
from workflow.lifecycle.rules import Actor
from workflow.lifecycle.vocabulary import Role, SubjectKind
from workflow.store.tables.outbox import endpoints
from workflow.store.unit_of_work import UnitOfWork, touches

REGISTER_ROLES = frozenset({Role.CASE_OFFICER})


@dataclass(frozen=True, slots=True)
class NewEndpoint:
    """An address to be told of what concerns party number `party` of a case."""

    case: str
    party: int
    url: str


@dataclass(frozen=True, slots=True)
class MadeEndpoint:
    """An endpoint; `secret` is shown once."""

    id: str
    case: str
    party: int
    url: str
    secret: str


@touches(cases=lambda wanted: [(SubjectKind.CASE, wanted.case)], authority=True)
def register_endpoint(uow: UnitOfWork, wanted: NewEndpoint, actor: Actor) -> MadeEndpoint:
    """Register an endpoint, active at once; messages go to it from the next event on."""
    case = uow.case(uow.case_of(SubjectKind.CASE, wanted.case))
    if actor.roles.isdisjoint(REGISTER_ROLES):
        raise RoleNotPermitted("register an endpoint", sorted(REGISTER_ROLES), sorted(actor.roles), [])
    _check_party(case, wanted.party)
    secret = "whsec_" + b64encode(secrets.token_bytes(32)).decode()
    made = MadeEndpoint(str(uuid4()), case.id, wanted.party, wanted.url, secret)
    uow.insert(
        endpoints,
        [
            {
                "id": made.id,
                "case": made.case,
                "party": made.party,
                "url": made.url,
                "secret": made.secret,
                "active": True,
                "last_sequence": 0,
                "created_at": uow.machine_now,
                "created_by": actor.account,
            }
        ],
    )
    uow.append_authority(
        [
            Event(
                subject=Subject(SubjectKind.ENDPOINT, made.id),
                type=EventType.ENDPOINT_REGISTERED,
                actor=actor.account,
                effective_on=local_day(uow.now, regime(case.regime).timezone),
                data={"case": made.case, "party": made.party, "url": made.url},
            )
        ]
    )
    return made


def _check_party(case: CaseFacts, party: int) -> None:
    if party not in {each.n for each in case.parties}:
        raise invalid("/party", f"no party {party} in this case; parties are numbered 1 to {len(case.parties)}")
    if party not in {each.party for each in case.representatives}:
        denial = Denial(
            detail=f"Party {party} has no representative on record in this case.",
            reference="an endpoint is for a represented party",
            satisfied_by="name a representative when the case is opened",
            who=("case_officer",),
        )
        raise GuardRefused("party_is_represented", denial, [])
