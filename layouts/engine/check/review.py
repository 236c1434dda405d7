"""Is a handout reviewed by a clinician, and is the next review near, far too late or far too far away?"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

from ..problems import Finding, Level, Place

State = Literal["awaiting review", "reviewed", "review due soon", "overdue"]

CHECK = "review"
MAX_MONTHS = 36
SOON_DAYS = 60


def findings(
    place: Place, written: date, reviewed: date | None, reviewed_by: str | None, review_due: date, today: date
) -> list[Finding]:
    """What is to be said of a handout's review dates, all at `place`; an empty list when all is well.

    `today` is passed in so that the same content gives the same answer in a test and in a repeated build.
    """

    def finding(level: Level, message: str, hint: str = "") -> Finding:
        return Finding(place, level, CHECK, message, hint)

    found: list[Finding] = []
    if not _named(reviewed_by):
        found.append(
            finding(
                "warning",
                "no clinician has reviewed this handout yet",
                "Fill in reviewed and reviewed_by when a clinician has read it; until then the footer says so.",
            )
        )
    elif reviewed is None:
        found.append(
            finding("warning", "reviewed_by is given without a date", "Fill in reviewed, the day it was read.")
        )

    for name, day in (("written", written), ("reviewed", reviewed)):
        if day is not None and day > today:
            found.append(finding("warning", f"{name} ({day}) is in the future", f"Today is {today}."))
    if reviewed is not None and reviewed < written:
        found.append(
            finding(
                "warning",
                f"reviewed ({reviewed}) is before written ({written})",
                "A review counts for the text it read: check both dates, or have the new text reviewed.",
            )
        )

    start, name = (written, "written") if reviewed is None else (reviewed, "reviewed")
    latest = add_months(start, MAX_MONTHS)
    if review_due > latest:
        found.append(
            finding(
                "warning",
                f"review_due is more than {MAX_MONTHS} months after {name}",
                f"Set it to {latest} or earlier.",
            )
        )

    days = (review_due - today).days
    if days < 0:
        found.append(
            finding(
                "error",
                f"the review was due on {review_due}",
                "Have a clinician read it again, then put new dates in reviewed and review_due.",
            )
        )
    elif days <= SOON_DAYS:
        found.append(finding("advice", f"the review is due on {review_due}, {_days_ahead(days)}"))
    return found


def state(reviewed: date | None, reviewed_by: str | None, review_due: date, today: date) -> State:
    """A handout's review in a word or two, for a list: the most pressing state when several hold.

    Overdue comes before awaiting review (an error before a warning), and that before due soon.
    """
    days = (review_due - today).days
    if days < 0:
        return "overdue"
    if reviewed is None or not _named(reviewed_by):
        return "awaiting review"
    return "review due soon" if days <= SOON_DAYS else "reviewed"


def add_months(day: date, months: int) -> date:
    """The same day `months` months later, or the last day of that month when it is shorter (29 February)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _named(reviewed_by: str | None) -> bool:
    return bool(reviewed_by and reviewed_by.strip())


def _days_ahead(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
