"""Sums of money: whole minor units of one currency, read from and written as exact decimal strings.

No float ever touches a sum. Which currencies exist and how many decimals each has follows ISO 4217; a currency that
is not in the list is refused, because a guessed number of decimals is a guessed sum.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

_DECIMALS_0 = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_DECIMALS_2 = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP "
    "CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR "
    "IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD "
    "NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
    "SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG"
)
_DECIMALS_3 = "BHD IQD JOD KWD LYD OMR TND"

DECIMALS: Mapping[str, int] = {
    code: places for places, codes in ((0, _DECIMALS_0), (2, _DECIMALS_2), (3, _DECIMALS_3)) for code in codes.split()
}
"""The currencies known here and the number of decimals of each (ISO 4217)."""

LARGEST_SUM = 9_223_372_036_854_775_807
"""The largest sum that is kept or computed, in minor units: a signed integer of 64 bits."""

_MOST_PLACES = 20
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?")
_AMOUNT = re.compile(r"([0-9]{1,60})(?:\.([0-9]{1,60}))?")


class NotMoney(ValueError):
    """This is no sum of money."""


def decimals(currency: object) -> int:
    """Tell how many decimals a currency has; NotMoney for a currency that is not in the list."""
    places = DECIMALS.get(currency) if isinstance(currency, str) else None
    if places is None:
        raise NotMoney("an ISO 4217 currency in capitals, like EUR, NOK or JPY")
    return places


def minor_units(amount: object, currency: str) -> int:
    """Read an unsigned decimal string as minor units: `minor_units("150", "EUR")` is 15000.

    NotMoney for a number that is not a string, a sign, an exponent, or more decimals than the currency has: a rate
    of 0.005 euro is not rounded but refused.
    """
    if not isinstance(amount, str):
        raise NotMoney('an amount is a decimal string like "100000.00", not a number')
    found = _AMOUNT.fullmatch(amount)
    if found is None:
        raise NotMoney('an amount is an unsigned decimal string like "100000.00", without sign, exponent or spaces')
    places = decimals(currency)
    fraction = found[2] or ""
    if len(fraction) > places:
        raise NotMoney(f"{currency} has {places} decimals; {amount} has {len(fraction)}")
    return int(found[1] + fraction.ljust(places, "0"))


def decimal_text(minor: int, places: int) -> str:
    """Write minor units as a decimal string with exactly so many places; a negative sum has a leading minus."""
    if places == 0:
        return str(minor)
    digits = str(abs(minor)).rjust(places + 1, "0")
    return f"{'-' if minor < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def percent(value: Any) -> Fraction:
    """Read a number of per cent, or of points, as a decimal string like "7" or "4.25"; NotMoney for anything else."""
    if not isinstance(value, str) or not _PERCENT.fullmatch(value):
        raise NotMoney('a percent is a decimal string like "7" or "4.25"')
    return Fraction(value)


def decimal(number: Fraction) -> str:
    """Write a number that has few decimals exactly, without zeros at its end: "4.25"; else as a fraction, "1/3"."""
    places = next((n for n in range(_MOST_PLACES) if 10**n % number.denominator == 0), None)
    return str(number) if places is None else decimal_text(int(number * 10**places), places)


def grouped(amount: str) -> str:
    """Group the thousands of a decimal string for people: "5,200,000.00"."""
    whole, point, fraction = amount.partition(".")
    return f"{int(whole):,}{point}{fraction}"


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of one currency in whole minor units: `Money(520000000, "EUR")` is EUR 5,200,000.00."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, amount: str, currency: str) -> "Money":
        """Read an exact decimal string.

        NotMoney (a ValueError) for anything else, for an unknown currency and for a sum beyond 64 bits.

        >>> Money.parse("5200000", "EUR")
        Money(minor=520000000, currency='EUR')
        """
        minor = minor_units(amount, currency)
        if minor > LARGEST_SUM:
            raise NotMoney(f"a sum of at most {decimal_text(LARGEST_SUM, decimals(currency))} {currency}")
        return cls(minor, currency)

    @property
    def amount(self) -> str:
        """The sum as a decimal string with all the decimals of its currency, like "5200000.00"."""
        return decimal_text(self.minor, decimals(self.currency))

    def to_json(self) -> dict[str, str]:
        """Write the sum as JSON: `{"amount": "5200000.00", "currency": "EUR"}`."""
        return {"amount": self.amount, "currency": self.currency}

    @classmethod
    def from_json(cls, source: Mapping[str, Any]) -> "Money":
        """Read what `to_json` wrote; NotMoney when a member is missing, unknown or wrong."""
        if not isinstance(source, Mapping) or set(source) != {"amount", "currency"}:
            raise NotMoney('money is {"amount": "5200000.00", "currency": "EUR"}')
        decimals(source["currency"])
        return cls.parse(source["amount"], source["currency"])
