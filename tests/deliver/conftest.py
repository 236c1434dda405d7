"""Lends the front desk to the tests beside it."""

from tests.deliver.desk import built, calendar, copied, desk, small_library
from tests.deliver.ward import ward

__all__ = ["built", "calendar", "copied", "desk", "small_library", "ward"]
