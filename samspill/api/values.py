"""Kinds of values several routers take."""

from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Path
from pydantic import AfterValidator, StringConstraints

from samspill.api.paging import MOST_ID

Pk = Annotated[int, Path(ge=1, le=MOST_ID)]
NO_NUL = r"^[^\x00]*$"  # PostgreSQL cannot store U+0000


def words(most: int, least: int = 0) -> StringConstraints:
    """Text of `least` to `most` characters, without blanks around it."""
    return StringConstraints(strip_whitespace=True, min_length=least, max_length=most, pattern=NO_NUL)


def _checked(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValueError("This is not an e-mail address.") from error
    return value


Email = Annotated[str, words(254, 3), AfterValidator(_checked)]
Text = Annotated[str, words(8000, 1)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$")]
