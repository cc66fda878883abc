"""The accounts a request names must be there: a member misspelt would sit where it may not."""

from typing import Any

from workflow.law.invalid import InvalidRequest, MemberError
from workflow.lifecycle.contents.account import accounts_in
from workflow.store.unit_of_work import UnitOfWork
from workflow.use_cases.keys import account_names


def check_accounts(uow: UnitOfWork, content: Any, at: str) -> None:
    """Raise InvalidRequest below `at` for each account named that is not one of this register."""
    named = list(accounts_in(content))
    if not named:
        return
    known = account_names(uow.connection, [account for _, account in named])
    unknown = [place for place, account in named if account not in known]
    if unknown:
        problem = "no such account; give its id, as the journal names who acted"
        raise InvalidRequest(*(MemberError(f"{at}/{place}", problem) for place in unknown))
