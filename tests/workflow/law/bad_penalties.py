"""Penalty requests that are refused: title, request, path of an error."""

from typing import Any

from tests.workflow.law.requests_by_hand import DUTIES, EACH, LUMP, MANY, PENALTY, SERVED, WHOLE, without

LATER = {"from": "2024-01-09", "rate": "1"}
SHARE = {"percent": "5", "turnover": "1000000000.00", "days": 365}
RATED = PENALTY | {"rate": SHARE}
PENALTIES: list[tuple[str, Any, str]] = [
    ("no object", "P1D", ""),
    ("no start", without(PENALTY, "accrual_from"), "/accrual_from"),
    ("two starts", PENALTY | {"served_on": "2023-10-31", "compliance_period": "P2M"}, "/accrual_from"),
    ("a deadline beside service", SERVED | {"deadline": "2023-12-31"}, "/deadline"),
    ("an extension of a fixed start", PENALTY | {"extended_to": "2024-01-05"}, "/extended_to"),
    ("an extension of nothing", without(PENALTY, "accrual_from") | {"extended_to": "2024-01-05"}, "/extended_to"),
    ("service without period", without(SERVED, "compliance_period"), "/compliance_period"),
    ("a period without service", without(SERVED, "served_on"), "/compliance_period"),
    ("a compliance period in hours", SERVED | {"compliance_period": "PT24H"}, "/compliance_period"),
    ("a period beyond year 9999", SERVED | {"compliance_period": "P9000Y"}, "/compliance_period"),
    ("a deadline on the last day", without(PENALTY, "accrual_from") | {"deadline": "9999-12-31"}, "/deadline"),
    (
        "a period to the last day",
        SERVED | {"served_on": "9999-12-30", "compliance_period": "P1D"},
        "/compliance_period",
    ),
    ("a roll without calendar", SERVED | {"roll": "next_working_day"}, "/roll"),
    ("an unknown calendar beside a start", PENALTY | {"calendar": "XX"}, "/calendar"),
    ("no currency", without(PENALTY, "currency"), "/currency"),
    ("an unknown currency", PENALTY | {"currency": "EURO"}, "/currency"),
    ("a currency of the wrong type", PENALTY | {"currency": ["EUR"]}, "/currency"),
    ("no unit", without(PENALTY, "per"), "/per"),
    ("a unit of the wrong type", PENALTY | {"per": ["P1D"]}, "/per"),
    ("a unit in hours", PENALTY | {"per": "PT24H"}, "/per"),
    ("a unit of months and days", PENALTY | {"per": "P1M1D"}, "/per"),
    ("a sign", PENALTY | {"rate": "-100"}, "/rate"),
    ("an exponent", PENALTY | {"rate": "1e2"}, "/rate"),
    ("a yen with decimals", PENALTY | {"currency": "JPY", "rate": "1.5"}, "/rate"),
    ("a dinar with four decimals", PENALTY | {"currency": "KWD", "rate": "1.5555"}, "/rate"),
    ("no rate", without(PENALTY, "rate"), "/rate"),
    (
        "no rate until the first change",
        without(PENALTY, "rate") | {"rate_changes": [LATER]},
        "/rate",
    ),
    ("no end", without(PENALTY, "assessed_to"), "/assessed_to"),
    ("a flag that is a number", PENALTY | {"compliance_day_counts": 1}, "/compliance_day_counts"),
    ("an unknown partial unit", PENALTY | {"partial_unit": "half"}, "/partial_unit"),
    ("breaches beside days", PENALTY | {"breaches": ["2024-01-01"]}, "/breaches"),
    ("breaches without dates", PENALTY | {"per": "breach"}, "/breaches"),
    ("a breach that is no date", PENALTY | {"per": "breach", "breaches": ["x"]}, "/breaches/0"),
    (
        "two changes on one day",
        PENALTY | {"rate_changes": [LATER] * 2},
        "/rate_changes/1/from",
    ),
    ("a change without rate", PENALTY | {"rate_changes": [{"from": "2024-01-09"}]}, "/rate_changes/0/rate"),
    ("a change that is no object", PENALTY | {"rate_changes": ["x"]}, "/rate_changes/0"),
    ("tiers beside growth", PENALTY | {"tiers": [{"rate": "100"}], "growth": {"factor": "2"}}, "/tiers"),
    (
        "tiers beside changes",
        PENALTY | {"tiers": [{"rate": "100"}], "rate_changes": [LATER]},
        "/rate_changes",
    ),
    ("a rate unlike the first tier", PENALTY | {"tiers": [{"units": 1, "rate": "5"}, {"rate": "9"}]}, "/rate"),
    ("a last tier with units", PENALTY | {"tiers": [{"units": 1, "rate": "100"}]}, "/tiers/0/units"),
    ("a tier without units", PENALTY | {"tiers": [{"rate": "100"}, {"rate": "9"}]}, "/tiers/0/units"),
    ("a tier without rate", PENALTY | {"tiers": [{"units": 1}, {"rate": "9"}]}, "/tiers/0/rate"),
    ("growth of nothing", PENALTY | {"growth": {"factor": "0"}}, "/growth/factor"),
    ("growth without factor", PENALTY | {"growth": {}}, "/growth/factor"),
    ("growth of too many units", PENALTY | {"growth": {"factor": "0.5"}, "assessed_to": "9999-12-31"}, "/growth"),
    ("growth beyond 64 bits", PENALTY | {"growth": {"factor": "10"}, "assessed_to": "2024-03-31"}, "/growth"),
    ("an empty cap", PENALTY | {"cap": {}}, "/cap"),
    ("a cap of no units", PENALTY | {"cap": {"units": 0}}, "/cap/units"),
    ("a cap that is a sum", PENALTY | {"cap": "900"}, "/cap"),
    (
        "a suspension that ends before it begins",
        PENALTY | {"suspensions": [{"from": "2024-01-09", "to": "2024-01-08"}]},
        "/suspensions/0/to",
    ),
    ("a suspension without end", PENALTY | {"suspensions": [{"from": "2024-01-09"}]}, "/suspensions/0/to"),
    (
        "an excuse without reason",
        PENALTY | {"excused": [{"from": "2024-01-09", "to": "2024-01-09", "reason": ""}]},
        "/excused/0/reason",
    ),
    (
        "a slice with a reason",
        PENALTY | {"already_liquidated": [{"from": "2024-01-09", "to": "2024-01-09", "reason": "x"}]},
        "/already_liquidated/0/reason",
    ),
    ("scope without obligations", PENALTY | {"scope": "whole"}, "/scope"),
    ("obligations without scope", PENALTY | {"obligations": DUTIES}, "/scope"),
    ("an unknown scope", PENALTY | {"scope": "some", "obligations": DUTIES}, "/scope"),
    ("obligations of one name", EACH | {"obligations": [{"name": "a"}] * 2}, "/obligations/1/name"),
    ("an obligation without name", EACH | {"obligations": [{}]}, "/obligations/0/name"),
    ("a million obligations", EACH | {"obligations": [{"name": "a"}] * 1_000_000}, "/obligations"),
    (
        "met in two ways",
        EACH | {"obligations": [{"name": "a", "complied_on": "2024-01-09", "unmet": [{"from": "2024-01-01"}]}]},
        "/obligations/0/unmet",
    ),
    ("unmet on no day", EACH | {"obligations": [{"name": "a", "unmet": []}]}, "/obligations/0/unmet"),
    (
        "unmet from no day",
        EACH | {"obligations": [{"name": "a", "unmet": [{"to": "2024-01-09"}]}]},
        "/obligations/0/unmet/0/from",
    ),
    (
        "unmet backwards",
        EACH | {"obligations": [{"name": "a", "unmet": [{"from": "2024-01-09", "to": "2024-01-01"}]}]},
        "/obligations/0/unmet/0/to",
    ),
    ("unmet that is no list", EACH | {"obligations": [{"name": "a", "unmet": 1}]}, "/obligations/0/unmet"),
    ("met beside days", EACH | {"obligations": [{"name": "a", "met": False}]}, "/obligations/0/met"),
    ("a rate of the whole", WHOLE | {"obligations": [{"name": "a", "rate": "1"}]}, "/obligations/0/rate"),
    ("a count of the whole", WHOLE | {"obligations": [{"name": "a", "count": 2}]}, "/obligations/0/count"),
    ("a cap of the whole", WHOLE | {"obligations": [{"name": "a", "cap": {"units": 2}}]}, "/obligations/0/cap"),
    (
        "an obligation without rate",
        without(EACH, "rate") | {"obligations": [{"name": "a", "rate": "1"}, {"name": "b"}]},
        "/obligations/1/rate",
    ),
    (
        "an obligation's rate beside tiers",
        without(EACH, "rate") | {"tiers": [{"rate": "1"}], "obligations": [{"name": "a", "rate": "1"}]},
        "/obligations/0/rate",
    ),
    ("liability without addressees", PENALTY | {"liability": "joint"}, "/liability"),
    ("addressees without liability", PENALTY | {"addressees": DUTIES}, "/liability"),
    (
        "addressees of obligations",
        EACH | {"obligations": DUTIES, "addressees": DUTIES, "liability": "several"},
        "/addressees",
    ),
    (
        "a rate in a joint debt",
        PENALTY | {"addressees": [{"name": "a", "rate": "1"}], "liability": "joint"},
        "/addressees/0/rate",
    ),
    (
        "an addressee's rate beside tiers",
        without(MANY, "rate") | {"tiers": [{"rate": "1"}], "addressees": [{"name": "a", "rate": "1"}]},
        "/addressees/0/rate",
    ),
    (
        "an addressee without rate",
        without(MANY, "rate") | {"addressees": [{"name": "a", "rate": "1"}, {"name": "b"}]},
        "/addressees/1/rate",
    ),
    ("addressees without any rate", without(MANY, "rate") | {"addressees": DUTIES}, "/rate"),
    ("a reduction in two ways", PENALTY | {"reduction": {"waived": True, "amount": "1", "reason": "x"}}, "/reduction"),
    ("a reduction of nothing", PENALTY | {"reduction": {"reason": "x"}}, "/reduction"),
    ("a waiver that is none", PENALTY | {"reduction": {"waived": False, "reason": "x"}}, "/reduction/waived"),
    ("a fraction of nothing", PENALTY | {"reduction": {"fraction": "1/0", "reason": "x"}}, "/reduction/fraction"),
    ("a fraction that is a number", PENALTY | {"reduction": {"fraction": 0.5, "reason": "x"}}, "/reduction/fraction"),
    ("a rate beyond 64 bits", PENALTY | {"rate": "92233720368547758.08"}, "/rate"),
    ("a sum beyond 64 bits", PENALTY | {"rate": "9223372036854775.80"}, "/rate"),
    ("sums of parties beyond 64 bits", MANY | {"rate": "2000000000000000", "addressees": DUTIES}, "/addressees/1"),
    (
        "a count beyond 64 bits",
        EACH | {"rate": "2000000000000", "obligations": [{"name": "a", "count": 100_000}]},
        "/obligations/0",
    ),
    (
        "too many breaches of too many",
        without(EACH, "per")
        | {"per": "breach", "breaches": ["2024-01-01"] * 10_000, "obligations": [{"name": str(n)} for n in range(11)]},
        "/breaches",
    ),
    (
        "lump sums with an end and no start",
        LUMP | {"assessed_to": "2024-01-31", "obligations": [{"name": "a", "met": False}]},
        "/accrual_from",
    ),
    (
        "lump sums with a last day and no start",
        LUMP | {"obligations": [{"name": "a", "met": False, "cap": {"until": "2024-01-31"}}]},
        "/accrual_from",
    ),
    ("a lump sum without dates", without(LUMP, "scope"), "/accrual_from"),
    ("a limit in another currency", SERVED | {"regime": "fr-cnil", "currency": "USD"}, "/currency"),
    ("a weekly rate above the limit", SERVED | {"regime": "fr-cnil", "per": "P1W", "rate": "700000.01"}, "/rate"),
    (
        "a change above the limit",
        SERVED
        | {
            "regime": "fr-cnil",
            "rate_changes": [{"from": "2025-01-01", "rate": "1"}, {"from": "2024-01-01", "rate": "100001"}],
        },
        "/rate_changes/1/rate",
    ),
    (
        "a tier above the limit",
        SERVED | {"regime": "fr-cnil", "tiers": [{"units": 1, "rate": "100"}, {"rate": "100001"}]},
        "/tiers/1/rate",
    ),
    (
        "a party above the limit",
        SERVED | {"regime": "fr-cnil", "liability": "several", "addressees": [{"name": "a", "rate": "100001"}]},
        "/addressees/0/rate",
    ),
    (
        "an obligation above the limit",
        PENALTY | {"regime": "fr-cnil", "scope": "per_obligation", "obligations": [{"name": "a", "rate": "100001"}]},
        "/obligations/0/rate",
    ),
    *(
        (f"a share of {name} {value!r}", RATED | {"rate": SHARE | {name: value}}, f"/rate/{name}")
        for name, values in (
            ("percent", ("0", "-5", "100.1", "5 %", 5, "", "1.1234567", None)),
            ("turnover", ("0", "0.00", "-1", "1.001", 5, None)),
            ("days", (0, -1, 1001, "365", True, None)),
        )
        for value in values
    ),
    *((f"a share without {name}", RATED | {"rate": without(SHARE, name)}, f"/rate/{name}") for name in SHARE),
    ("a share with more", RATED | {"rate": SHARE | {"year": 2024}}, "/rate/year"),
    ("a share that is misspelt", RATED | {"rate": without(SHARE, "percent") | {"percentage": "5"}}, "/rate/percentage"),
    *(
        (f"a share beside {title}", RATED | more, path)
        for title, more, paths in (
            ("tiers", {"tiers": [{"rate": "1"}]}, ("/tiers", "/rate")),
            ("growth", {"growth": {"factor": "2"}}, ("/growth", "/rate")),
            ("changes", {"rate_changes": [LATER]}, ("/rate_changes", "/rate")),
            ("a week", {"per": "P1W"}, ("/per",)),
            ("two days", {"per": "P2D"}, ("/per",)),
            ("one sum", {"per": "lump_sum"}, ("/per",)),
            ("breaches", {"per": "breach", "breaches": ["2024-01-05"]}, ("/per",)),
            ("a rate that is left", {"reduction": {"rate": "1", "reason": "x"}}, ("/reduction/rate",)),
            (
                "an obligation's own",
                {"scope": "per_obligation", "obligations": [{"name": "a"}, {"name": "b", "rate": "1"}]},
                ("/obligations/1/rate",),
            ),
            (
                "a party's own",
                {"liability": "several", "addressees": [{"name": "a", "rate": "1"}]},
                ("/addressees/0/rate",),
            ),
        )
        for path in paths
    ),
    ("a party at a share", MANY | {"addressees": [{"name": "a", "rate": SHARE}]}, "/addressees/0/rate"),
    ("a roll back", SERVED | {"calendar": "FR", "roll": "previous_working_day"}, "/roll"),
    ("a recess", SERVED | {"recess": "IT"}, "/recess"),
    ("extra holidays", SERVED | {"calendar": "FR", "extra_holidays": []}, "/extra_holidays"),
]
