"""Is a programme short enough to be done? The more exercises, the less of them is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..problems import Finding, Level, Place
from ..read.exercise import ExerciseWords
from ..read.programme import Programme

CHECK = "load"
# Adherence falls with the number of exercises: Henry, Rosemond and Eckert 1999 (Phys Ther 79:270) and Medina-Mirapeix
# et al. 2009 (doi 10.1186/1471-2474-10-155).
ADVISED, MOST = 4, 6
LONG_MINUTES = 30


def findings(
    place: Place, programme: Programme, exercises: Mapping[str, ExerciseWords], minutes: int
) -> Iterator[Finding]:
    """What is to be said of how much the programme asks for; `minutes` is a session."""
    stages = programme.stages or (programme,)
    longest = max(len(stage.exercises) for stage in stages)
    if longest > ADVISED:
        level: Level = "warning" if longest > MOST else "advice"
        hint = "The more there are, the fewer are done. Keep the 2 to 4 that matter most, or make stages."
        yield Finding(place, level, CHECK, f"{longest} exercises at a time", hint)
    if minutes > LONG_MINUTES:
        yield Finding(place, "advice", CHECK, f"a session takes about {minutes} minutes", "Leave out what can wait.")
    for item in programme.items:
        words = exercises[item.exercise]
        if words.language != programme.language:
            message = (
                f'"{item.exercise}" is written in the language "{words.language}", the sheet in "{programme.language}"'
            )
            yield Finding(item.exercise.place, "warning", "language", message, "Write its words in that language too.")
