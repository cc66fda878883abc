"""The ids of things: pure, and equal on replay."""

from workflow.lifecycle.facts.ids import URL_NAMESPACE, derived_id


def case_id(reference: str) -> str:
    """The id of the case with this reference: references are unique, so the id is too, and equal on replay."""
    return derived_id(URL_NAMESPACE, f"urn:enjoin:case:{reference}")


def child_id(case: str, kind: str, number: object) -> str:
    """The id of the `number`-th thing of a kind in a case."""
    return derived_id(case, f"{kind}/{number}")


def request_id(order: str, reference: str) -> str:
    """The id of the access request with this reference under an order: registered twice, it is the same one."""
    return derived_id(order, f"access_request/{reference}")
