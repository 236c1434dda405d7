"""How far joints go, and how a joint that goes further is named.

Ranges in degrees: American Academy of Orthopaedic Surgeons, Joint Motion (1965), and Norkin & White, Measurement of
Joint Motion (5th ed. 2016), each widened to what a supple patient does: the hip's includes the pelvis rolling along in
a deep squat and the turn outward of sitting cross-legged, the ankle's is that of a lunge with weight on the foot, the
shoulder's that of the whole girdle.
"""

from __future__ import annotations

from ..records import dataclass


@dataclass(frozen=True)
class Range:
    """From `low` to `high` degrees; `under` and `over` say in words what went too far: {who}, {v}; {limit}."""

    low: float
    high: float
    over: str
    over_rule: str
    under: str
    under_rule: str

    def complaint(self, who: str, value: float, slack: float = 0.0) -> str:
        """What is wrong with an angle, or ''."""
        if value > self.high + slack + 1e-6:
            return f"{self.over.format(who=who, v=round(value))}; {self.over_rule.format(limit=round(self.high))}"
        if value < self.low - slack - 1e-6:
            return f"{self.under.format(who=who, v=round(-value))}; {self.under_rule.format(limit=round(-self.low))}"
        return ""


RANGES: dict[str, Range] = {
    "hip": Range(
        -30, 140,
        "the {who} hip bends {v}°", "hips bend to {limit}°",
        "the {who} thigh goes {v}° back", "hips go {limit}° back",
    ),
    "hip_abduction": Range(
        -30, 65,
        "the {who} thigh goes {v}° out to the side", "hips open to {limit}°",
        "the {who} thigh crosses the middle by {v}°", "hips cross by {limit}°",
    ),
    "hip_rotation": Range(
        -50, 75,
        "the {who} hip turns {v}° outward", "hips turn {limit}° outward",
        "the {who} hip turns {v}° inward", "hips turn {limit}° inward",
    ),
    "knee": Range(
        -5, 150,
        "the {who} knee bends {v}°", "knees bend to {limit}°",
        "the {who} knee bends {v}° the wrong way", "knees go {limit}° past straight",
    ),
    "ankle": Range(
        -60, 42,
        "the {who} foot comes {v}° towards the shin", "ankles allow {limit}°",
        "the {who} foot points {v}° down", "ankles point to {limit}°",
    ),
    "toes": Range(
        -40, 75,
        "the {who} toes bend {v}° up", "toes bend to {limit}°",
        "the {who} toes bend {v}° down", "toes bend to {limit}°",
    ),
    "shoulder": Range(
        -65, 185,
        "the {who} arm goes up {v}°", "arms go up to {limit}°",
        "the {who} arm goes {v}° back", "arms go {limit}° back",
    ),
    "shoulder_abduction": Range(
        -55, 180,
        "the {who} arm goes {v}° out to the side", "arms go to {limit}°",
        "the {who} arm crosses the body by {v}°", "arms cross by {limit}°",
    ),
    "shoulder_rotation": Range(
        -95, 100,
        "the {who} upper arm turns {v}° outward", "arms turn {limit}° outward",
        "the {who} upper arm turns {v}° inward", "arms turn {limit}° inward",
    ),
    "blade": Range(
        -20, 30,
        "the {who} shoulder blade is drawn back {v}°", "shoulder blades go {limit}° back",
        "the {who} shoulder blade is pushed forward {v}°", "shoulder blades go {limit}° forward",
    ),
    "elbow": Range(
        -8, 152,
        "the {who} elbow bends {v}°", "elbows bend to {limit}°",
        "the {who} elbow bends {v}° the wrong way", "elbows go {limit}° past straight",
    ),
    "forearm": Range(
        -90, 90,
        "the {who} forearm turns {v}° inward", "forearms turn to {limit}°",
        "the {who} forearm turns {v}° outward", "forearms turn to {limit}°",
    ),
    "wrist": Range(
        -85, 85,
        "the {who} wrist bends {v}°", "wrists bend to {limit}°",
        "the {who} wrist bends {v}° back", "wrists go {limit}° back",
    ),
    "low_back": Range(
        -45, 65,
        "the low back bends {v}° forward", "it bends to {limit}°",
        "the low back arches {v}°", "it arches to {limit}°",
    ),
    "upper_back": Range(
        -30, 50,
        "the upper back bends {v}° forward", "it bends to {limit}°",
        "the upper back arches {v}°", "it arches to {limit}°",
    ),
    "side": Range(
        -40, 40,
        "the trunk bends {v}° to the right", "it bends to {limit}°",
        "the trunk bends {v}° to the left", "it bends to {limit}°",
    ),
    "twist": Range(
        -50, 50,
        "the trunk turns {v}° to the left", "it turns to {limit}°",
        "the trunk turns {v}° to the right", "it turns to {limit}°",
    ),
    "neck": Range(
        -75, 65,
        "the neck bends {v}° forward", "necks bend to {limit}°",
        "the neck bends {v}° back", "necks bend {limit}° back",
    ),
    "neck_twist": Range(
        -80, 80,
        "the head turns {v}° to the left", "it turns to {limit}°",
        "the head turns {v}° to the right", "it turns to {limit}°",
    ),
    "glide": Range(
        -25, 35,
        "the head glides {v}° forward", "it glides to {limit}°",
        "the head glides {v}° back", "it glides to {limit}°",
    ),
    "blade_up": Range(
        -10, 25,
        "the {who} shoulder is drawn up {v}°", "shoulders go up {limit}°",
        "the {who} shoulder is drawn down {v}°", "shoulders go down {limit}°",
    ),
}  # fmt: skip
