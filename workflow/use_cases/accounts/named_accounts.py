"""The accounts a request names must be there: a member misspelt would sit where it may not."""

from typing import Any

from sqlalchemy import Connection

from workflow.law.invalid import InvalidRequest, MemberError
from workflow.lifecycle.kernel.accounts import accounts_in, members_in
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.accounts.keys import account_roles


def check_accounts(connection: Connection, content: Any, at: str, deciding: frozenset[Role]) -> None:
    """Raise InvalidRequest below `at` for each account named that is not one of this register.

    So for members of the body that decides whose account has none of the roles that do.
    """
    named = list(accounts_in(content))
    if not named:
        return
    known = account_roles(connection, [account for _, account in named])
    unknown = [place for place, account in named if account not in known]
    if unknown:
        problem = "no such account; give an account by its id: `enjoin key list` shows the ids"
        raise InvalidRequest(*(MemberError(f"{at}/{place}", problem) for place in unknown))
    others = [place for place, account in members_in(content) if known[account].isdisjoint(deciding)]
    if others:
        roles = " or ".join(role.value for role in Role if role in deciding)
        problem = f"no member of the body that decides: this account is no {roles}"
        raise InvalidRequest(*(MemberError(f"{at}/{place}", problem) for place in others))
