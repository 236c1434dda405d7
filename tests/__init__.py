"""The tests. What is frozen is frozen for them, which has to be said before any module of the program is imported."""

from . import frozen

frozen.switch_on()
