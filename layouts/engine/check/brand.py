"""Are the brand's colours dark enough for what is printed in them? They are darkened anyway; this says so."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Finding
from ..read.models import Clinic

# role, what it colours, the contrast that WCAG 2.1 asks of it on white (1.4.3 text, 1.4.11 graphics)
_INVENTED = ".example.com"
NEEDED = (("primary", "headings and numerals", 4.5), ("accent", "lines and marks", 3.0), ("ink", "text", 7.0))


def findings(clinic: Clinic, *, own: bool = False) -> Iterator[Finding]:
    """A warning for every brand colour that has to be darkened before it is used.

    In a clinic's own folder (`own`) also for details that are still those of our invented clinic.
    """
    if own and (_INVENTED in str(clinic.website or "") or _INVENTED in str(clinic.email or "")):
        message = "the name and telephone number are still those of our invented clinic"
        yield Finding(clinic.name.place, "error", "clinic", message, "Fill in clinic.yaml in your own folder.")
    for role, use, needed in NEEDED:
        colour = getattr(clinic.colours, role)
        ratio = _contrast_on_white(colour.rgb)
        if ratio < needed:
            message = (
                f"the {role} colour {colour} is too light for {use} ({ratio:.1f}:1 on white; {needed:g}:1 is needed)"
            )
            yield Finding(
                colour.place,
                "warning",
                "contrast",
                message,
                "It is printed darker. Choose a darker colour to have it as it is.",
            )


def _contrast_on_white(rgb: tuple[float, float, float]) -> float:
    from ..draw.colours import contrast

    return contrast(rgb, (1, 1, 1))
