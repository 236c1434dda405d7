"""The checkers that others wrote: page-validation (PDF/UA-1 and PDF/A-2a), outloud and pdfua."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

# Findings that are wrong, each with the reason why it is.
FALSE_POSITIVES = {
    ("outloud", "ORD-001", "warning"): "it lists a paragraph's own marks before those of its Link children, so that a "
    "paragraph with a link in its midst seems out of order; test_words.py compares the order with the content's",
    ("outloud", "TAG-002", "error"): "it takes for a foot only what stands on several pages, and so misses that of a "
    "single page, which is marked /Pagination /Footer; tagtree.py tells of any other words that are artifacts",
    ("outloud", "TBL-010", "error"): "a diary of one exercise has eight headings of columns and one of its row beside "
    "seven boxes, and no more; tagtree.py counts the cells of every row and knows what each heading heads",
    ("outloud", "TBL-012", "warning"): "a diary's cells hold fields, no words; on flat pages boxes to tick with a pen",
    ("outloud", "TBL-014", "warning"): "it looks for a table's page in the Table element itself, which needs none (ISO "
    "32000-1, table 323); tagtree.py knows that the cells are there",
}


def page_validation(path: Path) -> Iterator[tuple[str, str, str]]:
    """Every rule of PDF/UA-1 and PDF/A-2a that the file breaks."""
    page = import_module("page")
    for profile in ("ua1", "2a"):
        report = page.validate_pdf(str(path), profile=profile)
        for failure in report.failures:
            yield failure.rule_id, "error", failure.message
        if not report.is_compliant and not report.failures:
            yield profile, "error", "not compliant"


def outloud(path: Path) -> Iterator[tuple[str, str, str]]:
    """What outloud finds; what it only wants to have looked at by people ("info") is left out."""
    for finding in import_module("outloud").check(str(path)).sorted_findings():
        if finding.severity != "info":
            yield finding.rule, str(finding.severity), finding.message


def pdfua(path: Path) -> Iterator[tuple[str, str, str]]:
    """What pdfua finds."""
    for outcome in import_module("pdfua").validate(str(path)).outcomes:
        for finding in outcome.findings:
            yield finding.rule_id, str(finding.severity), finding.message


CHECKERS: dict[str, tuple[str, Callable[[Path], Iterator[tuple[str, str, str]]]]] = {
    "page-validation": ("page", page_validation),
    "outloud": ("outloud", outloud),
    "pdfua": ("pdfua", pdfua),
}


def findings(name: str, data: bytes, folder: Path) -> list[str]:
    """What a checker says of a file, without what is known to be wrong. Skips the test when it is not installed;
    on a build server (CI is set) that fails it."""
    module, check = CHECKERS[name]
    if find_spec(module) is None:
        _missing(name)
    path = folder / "checked.pdf"
    path.write_bytes(data)
    return [
        f"{name} {rule} ({severity}): {message}"
        for rule, severity, message in check(path)
        if (name, rule, severity) not in FALSE_POSITIVES
    ]


def _missing(name: str) -> Any:
    text = f'{name} is not installed: conformance was NOT checked. Install it with "pip install -e .[test]".'
    if os.environ.get("CI"):
        pytest.fail(text)
    pytest.skip(text)
