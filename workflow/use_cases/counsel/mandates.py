"""Putting counsel on record for a party, and taking them off it with the endpoints they registered there."""

from dataclasses import dataclass

from sqlalchemy import select, update

from workflow.lifecycle.kernel.authority import EndpointRemoved, RepresentationEnded, RepresentationRecorded
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Role, SubjectKind
from workflow.store.tables.access import accounts, representations
from workflow.store.tables.outbox import LISTENING, EndpointState, endpoints
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.accounts.representation import NotOnRecord, check_party
from workflow.use_cases.authority import say
from workflow.use_cases.webhooks.attempts import give_up
from workflow.use_cases.webhooks.endpoint_moves import write


@dataclass(frozen=True, slots=True)
class Mandate:
    """An account, by its name, acting for a party of a case."""

    name: str
    case: str
    party: int


@touches(cases=lambda wanted: [(SubjectKind.CASE, wanted.case)], authority=True)
def put_on_record(uow: UnitOfWork, wanted: Mandate, actor: Actor) -> None:
    """Put an account of counsel on record for a party; again after it ended. NotOnRecord."""
    case = uow.case(wanted.case)
    check_party(case, wanted.party)
    account = _account(uow, wanted.name)
    row = {"account": account, "case": case.id, "party": wanted.party}
    found = uow.connection.execute(select(representations).filter_by(**row)).one_or_none()
    if found is not None and found.ended_at is None:
        return
    if found is None:
        uow.insert(representations, [{**row, "created_at": uow.machine_now, "ended_at": None}])
    else:
        uow.execute(update(representations).filter_by(**row).values(created_at=uow.machine_now, ended_at=None))
    say(uow, SubjectKind.ACCOUNT, account, RepresentationRecorded(case=case.id, party=wanted.party), actor)


@touches(cases=lambda wanted: [(SubjectKind.CASE, wanted.case)], authority=True)
def end_mandate(uow: UnitOfWork, wanted: Mandate, actor: Actor) -> None:
    """Take an account off the record for a party, and with it the endpoints it registered there. NotOnRecord."""
    case = uow.case(wanted.case)
    account = _account(uow, wanted.name)
    row = {"account": account, "case": case.id, "party": wanted.party}
    standing = update(representations).filter_by(**row).where(representations.c.ended_at.is_(None))
    if not uow.execute(standing.values(ended_at=uow.machine_now)).rowcount:
        raise NotOnRecord(f"{wanted.name!r} is not on record for party {wanted.party} of {case.reference}")
    say(uow, SubjectKind.ACCOUNT, account, RepresentationEnded(case=case.id, party=wanted.party), actor)
    theirs = select(endpoints).filter_by(case=case.id, party=wanted.party, created_by=account)
    rows = uow.connection.execute(theirs.where(endpoints.c.state.in_(LISTENING)).order_by(endpoints.c.id)).all()
    for each in rows:
        removed = EndpointRemoved(case=each.case, party=each.party, mandate_ended=True)
        write(uow, each, removed, actor, state=EndpointState.REMOVED)
    give_up(uow, [each.id for each in rows])


def _account(uow: UnitOfWork, name: str) -> str:
    found = uow.connection.execute(select(accounts).where(accounts.c.name == name)).first()
    if found is None or Role.COUNSEL.value not in found.roles:
        raise NotOnRecord(f"there is no account {name!r} with the role counsel; `enjoin key create` makes one")
    return str(found.id)
