"""Interest in words: each run of days with its rate, and the sum."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflow.law.duration import counted
from workflow.law.money import grouped
from workflow.law.wording import in_words


def interest_in_words(result: Mapping[str, Any], request: Mapping[str, Any]) -> Iterator[str]:
    """Write the lines and the sum of interest, or of a surcharge; without a request it names no currency."""

    def money(amount: str) -> str:
        return f"{request.get('currency', '')} {grouped(amount)}".lstrip()

    for line in result["lines"]:
        when = f"From {in_words(line['from'])} to {in_words(line['to'])}, both included"
        if line["from"] == line["to"]:
            when = f"On {in_words(line['from'])}"
        if "fraction" in line:
            yield f"{when}, {money(line['unpaid'])} were unpaid in the end: {line['fraction']} of them is added."
        else:
            days = counted(line["days"], "day")
            verb = "bears" if line["days"] == 1 else "bear"
            yield f"{when}, {days} {verb} interest at {line['percent']} % on {money(line['unpaid'])}."
    if not result["lines"]:
        yield "Nothing is unpaid on these days."
    what = "surcharge" if "surcharge" in request else "interest"
    amount, total = money(result["amount"]), money(result["total"])
    if amount == total:
        yield f"The {what} amounts to {amount}."
    else:
        yield f"The {what} of these days amounts to {amount}, and with the days before to {total}."
