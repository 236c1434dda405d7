"""A programme as its templates see it: exercises in groups, with their doses in words, and what a session takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..read.dose import Dose
from ..read.exercise import ExerciseWords
from ..read.handout import Handout
from ..read.inline import Text
from ..read.models import Wording
from ..read.programme import Item, Programme
from ..records import dataclass
from .diary import Ticks, ticks
from .dose import DosePhrase, hold, phrase
from .session import grouped, quick, seconds_of, session_minutes, session_seconds
from .template import Words

QUICK_SECONDS = 5 * 60


@dataclass(frozen=True)
class Card:
    """An exercise on a sheet."""

    number: int
    id: str
    words: ExerciseWords
    dose: Dose
    phrase: DosePhrase
    position: str
    note: Text | None
    hold: str  # how long each one is held; '' where nothing is said of it
    drawn: str  # what its drawing shows; '' where there is none

    @property
    def seconds(self) -> int | None:
        """How long one repetition takes, with the hold of this dose in place of the exercise's own."""
        usual, own = self.words.seconds_per_repetition, self.words.dose
        if usual is None or own is None or self.dose.hold_seconds is None:
            return usual
        return max(1, usual - (own.hold_seconds or 0) + self.dose.hold_seconds)

    @property
    def detail(self) -> str:
        """What the strip with the amount does not say: hold, rest, load."""
        return self.phrase.detail

    @property
    def ticks(self) -> Ticks:
        """Its boxes in a diary."""
        return ticks(self.dose)


@dataclass(frozen=True)
class Group:
    """A stage, or the whole programme: exercises in the order in which they are done."""

    heading: str
    text: Text | None
    cards: tuple[Card, ...]


def context(handout: Handout, drawings: Mapping[str, str]) -> Mapping[str, Any]:
    """What programme templates know by name besides what every template knows."""
    programme = handout.sheet
    assert isinstance(programme, Programme)
    groups = _groups(handout, programme, drawings)
    cards = [card for group in groups for card in group.cards]
    often = {card.phrase.often for card in cards}
    words = Words(handout.wording)
    return {
        "programme": programme,
        "groups": groups,
        "cards": cards,
        "often": often.pop() if len(often) == 1 else "",
        "minutes": _minutes(groups),
        "equipment": _equipment(cards, handout.wording),
        "quick": _quick(programme, cards, words),
        "weekdays": handout.wording.weekdays,
        "weekdays_short": handout.wording.weekdays_short,
    }


def _groups(handout: Handout, programme: Programme, drawings: Mapping[str, str]) -> list[Group]:
    """The programme's stages, or all of it as one group, numbered through."""
    made: list[Group] = []
    number = 1
    before: dict[str, int] = {}  # how many times an exercise has stood in earlier stages
    for heading, text, items in _stages(programme):
        ordered = items if programme.keep_order else _by_position(programme, items, handout.exercises)
        cards = []
        for item in ordered:
            name = str(item.exercise)
            card = _card(number, item, programme, handout, drawings)
            cards.append(_marked(card, handout, before.get(name, 0)) if handout.personal else card)
            before[name] = before.get(name, 0) + 1
            number += 1
        made.append(Group(heading, text, tuple(cards)))
    return made


def _stages(programme: Programme) -> list[tuple[str, Text | None, Sequence[Item]]]:
    if programme.exercises:
        return [("", None, programme.exercises)]
    return [(str(stage.heading), stage.text, stage.exercises) for stage in programme.stages]


def _by_position(programme: Programme, items: Sequence[Item], exercises: Mapping[str, ExerciseWords]) -> Sequence[Item]:
    """The items so that nobody gets up and down more than needed; supersets stay together."""

    def tied(item: Item) -> str | None:
        return programme.dose_of(item, exercises[item.exercise]).superset

    groups = grouped(items, lambda item: exercises[item.exercise].position, tied)
    return [item for _, group in groups for item in group]


def _card(number: int, item: Item, programme: Programme, handout: Handout, drawings: Mapping[str, str]) -> Card:
    words = handout.exercises[item.exercise]
    dose = programme.dose_of(item, words)
    return Card(
        number=number,
        id=str(item.exercise),
        words=words,
        dose=dose,
        phrase=phrase(dose, handout.wording.dose),
        hold=hold(dose, handout.wording.dose),
        position=str(handout.wording.positions[words.position]),
        note=item.note,
        drawn=drawings.get(item.exercise, ""),
    )


def _marked(card: Card, handout: Handout, count: int) -> Card:
    """The card with a word before its dose where that has changed since the patient's last sheet."""
    from .personal import mark_word

    assert handout.personal
    mark = handout.personal.marks.get((card.id, count))
    if mark is None:
        return card
    word = mark_word(mark, handout)
    amount = f"{word}: {card.phrase.amount}" if card.phrase.amount else word
    return replace(card, phrase=replace(card.phrase, amount=amount))


def minutes(handout: Handout) -> int:
    """How long a session of the programme takes: that of its longest stage."""
    programme = handout.sheet
    assert isinstance(programme, Programme)
    return _minutes(_groups(handout, programme, {}))


def _minutes(groups: Sequence[Group]) -> int:
    """How long a session takes: that of the longest stage."""
    seconds = (session_seconds([(c.dose, c.seconds) for c in group.cards]) for group in groups)
    return session_minutes(max(seconds))


def _equipment(cards: Sequence[Card], wording: Wording) -> str:
    """The things that are needed, each once, in the order of the exercises."""
    things = dict.fromkeys(thing for card in cards for thing in card.words.equipment)
    return ", ".join(wording.equipment[thing] for thing in things)


def _quick(programme: Programme, cards: Sequence[Card], words: Words) -> str:
    """The numbers of the exercises that are enough when there are only five minutes; '' when all of them are."""
    if programme.quick:
        chosen = [card.number for card in cards if card.id in programme.quick]
    elif programme.stages:
        return ""
    else:
        times = [seconds_of(card.dose, card.seconds) for card in cards]
        chosen = [cards[i].number for i in quick(times, QUICK_SECONDS)]
    *first, last = map(str, chosen) if chosen else [""]
    return words.list_and(first=", ".join(first), last=last) if first else last
