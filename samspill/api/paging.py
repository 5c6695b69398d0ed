"""Lists come in pages: `limit` rows and, while there are more, the `next` to ask with."""

from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Query, Schema

MOST_ID = 2**63 - 1
Limit = Annotated[int, Query(ge=1, le=100, description="How many rows at most.")]
After = Annotated[int, Query(ge=0, le=MOST_ID, description="The `next` of the page before.")]
Id = Annotated[int, Query(ge=1, le=MOST_ID)]


class Problem(Schema):
    """What is wrong, in words."""

    detail: str


def page(rows: QuerySet[Any], after: int, limit: int) -> dict[str, Any]:
    """The rows with an id above `after`, oldest first."""
    found = list(rows.filter(pk__gt=after).order_by("pk")[: limit + 1])
    more = len(found) > limit
    return {"rows": found[:limit], "next": found[limit - 1].pk if more else None}
