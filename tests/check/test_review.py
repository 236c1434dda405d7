"""What is said of a handout's review dates. Today is 15 June 2025."""

from __future__ import annotations

from datetime import date

import pytest

from layouts.engine.check import review
from layouts.engine.check.review import add_months
from layouts.engine.problems import Finding, Place

PLACE = Place("handouts/knee.yaml", 2)
TODAY = date(2025, 6, 15)
WRITTEN = date(2025, 1, 10)
REVIEWED = date(2025, 2, 1)
DUE = date(2027, 2, 1)


def findings(
    written: date = WRITTEN,
    reviewed: date | None = REVIEWED,
    reviewed_by: str | None = "Ana Ruiz, DPT",
    review_due: date = DUE,
) -> list[Finding]:
    return review.findings(PLACE, written, reviewed, reviewed_by, review_due, TODAY)


def test_a_reviewed_handout_has_no_finding() -> None:
    assert findings() == []


@pytest.mark.parametrize("nobody", [None, "", "  "])
def test_not_reviewed(nobody: str | None) -> None:
    assert findings(reviewed=None, reviewed_by=nobody) == [
        Finding(
            PLACE,
            "warning",
            "review",
            "no clinician has reviewed this handout yet",
            "Fill in reviewed and reviewed_by when a clinician has read it; until then the footer says so.",
        )
    ]


def said(found: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.level, finding.message, finding.hint) for finding in found]


def test_reviewer_without_a_date() -> None:
    assert said(findings(reviewed=None)) == [
        ("warning", "reviewed_by is given without a date", "Fill in reviewed, the day it was read.")
    ]


@pytest.mark.parametrize(
    ("review_due", "expected"),
    [
        (date(2024, 12, 31), ("error", "the review was due on 2024-12-31")),
        (date(2025, 6, 14), ("error", "the review was due on 2025-06-14")),
        (date(2025, 6, 15), ("advice", "the review is due on 2025-06-15, today")),
        (date(2025, 6, 16), ("advice", "the review is due on 2025-06-16, tomorrow")),
        (date(2025, 8, 14), ("advice", "the review is due on 2025-08-14, in 60 days")),
        (date(2025, 8, 15), None),
        (date(2028, 2, 1), None),
        (date(2028, 2, 2), ("warning", "review_due is more than 36 months after reviewed")),
    ],
)
def test_review_due(review_due: date, expected: tuple[str, str] | None) -> None:
    found = findings(review_due=review_due)
    assert [(finding.level, finding.message) for finding in found] == ([expected] if expected else [])


def test_overdue_hint() -> None:
    assert findings(review_due=date(2025, 6, 1))[0].hint == (
        "Have a clinician read it again, then put new dates in reviewed and review_due."
    )


def test_too_far_from_writing_when_never_reviewed() -> None:
    found = findings(reviewed=None, reviewed_by=None, review_due=date(2028, 1, 11))
    assert said(found)[1:] == [
        ("warning", "review_due is more than 36 months after written", "Set it to 2028-01-10 or earlier.")
    ]


def test_reviewed_before_written() -> None:
    assert said(findings(reviewed=date(2025, 1, 9))) == [
        (
            "warning",
            "reviewed (2025-01-09) is before written (2025-01-10)",
            "A review counts for the text it read: check both dates, or have the new text reviewed.",
        )
    ]
    assert findings(reviewed=WRITTEN) == []


def test_dates_in_the_future() -> None:
    assert said(findings(written=date(2025, 6, 16), reviewed=date(2025, 6, 17))) == [
        ("warning", "written (2025-06-16) is in the future", "Today is 2025-06-15."),
        ("warning", "reviewed (2025-06-17) is in the future", "Today is 2025-06-15."),
    ]
    assert findings(written=TODAY, reviewed=TODAY) == []


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 1, 15), 1, date(2025, 2, 15)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
        (date(2024, 12, 31), 12, date(2025, 12, 31)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 2, 28), 36, date(2028, 2, 28)),
    ],
)
def test_add_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("reviewed", "reviewed_by", "review_due", "expected"),
    [
        (REVIEWED, "Ana Ruiz", DUE, "reviewed"),
        (REVIEWED, "Ana Ruiz", date(2025, 8, 15), "reviewed"),
        (REVIEWED, "Ana Ruiz", date(2025, 8, 14), "review due soon"),
        (REVIEWED, "Ana Ruiz", TODAY, "review due soon"),
        (REVIEWED, "Ana Ruiz", date(2025, 6, 14), "overdue"),
        (None, None, DUE, "awaiting review"),
        (None, "Ana Ruiz", DUE, "awaiting review"),
        (REVIEWED, " ", DUE, "awaiting review"),
        (None, None, TODAY, "awaiting review"),
        (None, None, date(2025, 6, 14), "overdue"),
    ],
)
def test_state(reviewed: date | None, reviewed_by: str | None, review_due: date, expected: str) -> None:
    assert review.state(reviewed, reviewed_by, review_due, TODAY) == expected
