"""What delivery takes and costs, from the workspace's own table."""

from typing import Any

from samspill.workspace.models import Workspace


def delivery(workspace: Workspace, country: str, kind: str) -> dict[str, Any] | None:
    """The row {country, kind, days, cost, free_over, currency} for a country and a kind of goods."""
    rows = [row for row in workspace.delivery if row["country"] == country.upper()]
    return next((row for row in rows if row["kind"] == kind), None)
