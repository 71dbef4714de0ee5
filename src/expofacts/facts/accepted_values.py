"""The values that a fact file may have: how each is checked, and what JSON Schema says of it."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from expofacts.facts.dates import date_days, period_days

# More digits than any figure of a report has; far exponents take for ever to print.
DIGITS = 30

# What a text has to look like; the code and the words of the problem where it does not.
PATTERNS = {
    r"\S": ("E114", "must not be empty"),
    r"^[a-z0-9]+(-[a-z0-9]+)*$": (
        "E116",
        "must be a slug: a-z, 0-9 and single hyphens between them",
    ),
    r"^[Hh][Tt]{2}[Pp][Ss]?://[^\s\x00-\x1f\x7f-\x9f]+$": (
        "E117",
        "must start with http:// or https://, without spaces",
    ),
    r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$": (
        "E118",
        'must be a BCP 47 language tag such as "en"',
    ),
    r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$": (
        "E119",
        'must be an ISO 3166 code such as "CN" or "CN-SC"',
    ),
}
_TEXT, _SLUG, _URL, _LANGUAGE, _ISO = PATTERNS

# What JSON Schema says of the values that functions check. Validators of TOML hand it a date as a
# text. Whether a day is in the calendar is known to those that know the format "date".
_MONTH = "(0[1-9]|1[0-2])"
_DAY = r"(0[1-9]|[12]\d|3[01])"
_YEAR = r"(?!0000)\d{4}"
_PART = rf"{_YEAR}(-{_MONTH}(-{_DAY})?)?"
_TIME = rf"{_YEAR}(-Q[1-4]|-{_MONTH}(-{_DAY})?)?"
_IN_CALENDAR = [{"format": "date"}, {"not": {"pattern": r"^\d{4}-\d{2}-\d{2}$"}}]
_DATE_SCHEMA = {"type": "string", "pattern": f"^{_PART}$", "anyOf": _IN_CALENDAR}
_PERIOD_SCHEMA = {"type": "string", "pattern": f"^{_TIME}(/{_TIME})?$", "anyOf": _IN_CALENDAR}
_NUMBER_SCHEMA = {
    "type": "number",
    "exclusiveMinimum": -(10**DIGITS),
    "exclusiveMaximum": 10**DIGITS,
}


def _iso_text(kind: str, days: Callable[[str], object], what: str) -> Callable[[Any], str]:
    """Return a validator that gives a date of TOML, or a text that `days` takes, as ISO text.

    `kind` is "date" or "period", and the type of the validator's errors.
    """

    def check(value: Any) -> str:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        if not isinstance(value, str):
            raise PydanticCustomError(kind, f"must be {what}")
        try:
            days(value)
        except ValueError as error:
            raise PydanticCustomError(
                kind, "{error}: must be {what}", {"error": str(error), "what": what}
            ) from None
        return value

    return check


def _exact_number(value: Any) -> int | Decimal:
    """Return the number itself, refused where it could not be printed with all its digits."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("number_type", "must be a number, without quotation marks")
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise PydanticCustomError("number", "must be a number that is finite")
        if (
            value.adjusted() >= DIGITS
            or value.adjusted() < -DIGITS
            or len(value.as_tuple().digits) > DIGITS
        ):
            raise PydanticCustomError("number", f"must have at most {DIGITS} digits")
    elif abs(value) >= 10**DIGITS:
        raise PydanticCustomError("number", f"must have at most {DIGITS} digits")
    return value


def _positive_number(value: Any) -> int | Decimal:
    number = _exact_number(value)
    if number <= 0:
        raise PydanticCustomError("number", "must be more than 0")
    return number


Text = Annotated[str, StringConstraints(pattern=_TEXT)]
Slug = Annotated[str, StringConstraints(pattern=_SLUG)]
Url = Annotated[str, StringConstraints(pattern=_URL)]
Language = Annotated[str, StringConstraints(pattern=_LANGUAGE)]
Iso = Annotated[str, StringConstraints(pattern=_ISO)]
Date = Annotated[
    str,
    BeforeValidator(
        _iso_text("date", date_days, 'a date such as 2019-06-18, or "2019-06", or "2019"')
    ),
    WithJsonSchema(_DATE_SCHEMA),
]
Period = Annotated[
    str,
    BeforeValidator(
        _iso_text(
            "period",
            period_days,
            'a period such as "2018", "2018-Q1", "2018-06", or "2019-06-15/2019-06-19"',
        )
    ),
    WithJsonSchema(_PERIOD_SCHEMA),
]
Number = Annotated[int | Decimal, PlainValidator(_exact_number), WithJsonSchema(_NUMBER_SCHEMA)]
PositiveNumber = Annotated[
    int | Decimal,
    PlainValidator(_positive_number),
    WithJsonSchema(_NUMBER_SCHEMA | {"exclusiveMinimum": 0}),
]
Count = Annotated[int, Field(ge=1, lt=10**DIGITS)]
Flag = bool
