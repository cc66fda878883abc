"""The kinds of order: a row of data each. Adding a kind is adding a row."""

from dataclasses import dataclass

from workflow.lifecycle.vocabulary import Nature


@dataclass(frozen=True, slots=True)
class OrderKind:
    """A kind of order: the power it usually rests on, its usual nature, the evidence usually asked for."""

    id: str
    name: str
    ground: str
    nature: Nature
    evidence: str


_R, _C, _D = Nature.RESULT, Nature.CONTINUOUS, Nature.DISPLAY

ORDER_KINDS: dict[str, OrderKind] = {
    kind.id: kind
    for kind in (
        OrderKind("cease_collection", "Cease collecting data", "GDPR art. 58(2)(f)", _C, "technical description"),
        OrderKind("delete_data", "Delete data", "GDPR art. 58(2)(g)", _R, "deletion log"),
        OrderKind(
            "answer_access_requests", "Answer access requests", "GDPR art. 58(2)(c)", _R, "copies of the answers"
        ),
        OrderKind("bring_into_compliance", "Bring processing into compliance", "GDPR art. 58(2)(d)", _R, "report"),
        OrderKind("limit_processing", "Limit or ban processing", "GDPR art. 58(2)(f)", _C, "technical description"),
        OrderKind("restrict_processing", "Restrict processing", "GDPR art. 58(2)(g)", _C, "technical description"),
        OrderKind("rectify_data", "Rectify data", "GDPR art. 58(2)(g)", _R, "extract of the rectified records"),
        OrderKind("notify_recipients", "Notify recipients", "GDPR art. 58(2)(g)", _R, "list and copies of the notices"),
        OrderKind("communicate_breach", "Tell people of a breach", "GDPR art. 58(2)(e)", _R, "copy of the message"),
        OrderKind("suspend_data_flows", "Suspend data flows", "GDPR art. 58(2)(j)", _C, "technical description"),
        OrderKind("withdraw_certification", "Withdraw certification", "GDPR art. 58(2)(h)", _R, "notice of withdrawal"),
        OrderKind("designate_dpo", "Designate a data protection officer", "GDPR art. 58(2)(d)", _R, "designation"),
        OrderKind("appoint_representative", "Appoint a representative", "GDPR art. 58(2)(d)", _R, "mandate"),
        OrderKind("provide_information", "Provide information", "GDPR art. 58(1)(a)", _R, "the information"),
        OrderKind("publish_notice", "Publish a notice", "national law", _D, "dated captures of the notice"),
        OrderKind("preserve_data", "Preserve data", "national law", _C, "confirmation and inventory"),
        OrderKind("report_measures", "Report the measures taken", "GDPR art. 58(1)(a)", _R, "report"),
    )
}
