"""What makes a sheet the same as another: a seal over all that is printed, which tells nobody who the patient is.

A document's number stands for one sheet. Its plan does not say for whom it is, so the plan holds a seal: an HMAC over
the patient's words, the doses, the content's versions and the look, under a key of this computer, which nobody but the
workers of a merge is given. Where the words stand in the plan anyway, the key is no secret, and the seal holds on every
computer.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field, replace

from ..draw.document import Edition
from ..problems import ContentError, Place
from ..read.fields import Line
from ..read.plan import Plan, written

_OPEN = b"the words stand in the plan"
_DIGITS = 32  # hexadecimal: 128 bits


@dataclass(frozen=True)
class Seal:
    """How a sheet looks, and how its plan is sealed. `identity`: the plan says for whom the sheet is. Without a `key`
    there are no seals but those of such plans."""

    look: Edition
    key: bytes = field(default=b"", repr=False)
    identity: bool = False

    def on(self, plan: Plan) -> Plan:
        """The plan with the look and the seal of its sheet."""
        place = Place("look")
        look = self.look
        known = replace(
            plan,
            layout=Line(look.layout, place),
            edition=look.edition,  # type: ignore[arg-type]  # the editions and papers of layouts are those of plans
            paper=look.paper,  # type: ignore[arg-type]
            flat=look.flat or None,
        )
        key = _OPEN if self.identity and plan.says_for_whom else self.key
        if not key:
            return replace(known, seal=None)
        # What the doses came of is left out: only they are printed, and they are there.
        said = written(replace(known, document=None, seal=None, drop=(), add=(), dose=None), identity=True)
        digest = hmac.digest(key, b"sheet\0" + said.encode(), hashlib.sha256).hex()[:_DIGITS]
        return replace(known, seal=Line(digest, place))


def local_key() -> bytes:
    """This computer's key for plans, made of that for the send log; b'' where none can be kept."""
    from .mail.outbox import key_of

    try:
        return hmac.digest(key_of().key, b"plans", hashlib.sha256)
    except ContentError:
        return b""
