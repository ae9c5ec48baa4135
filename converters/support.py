"""The three literal tables of a content module: handled, ignored with a reason, unsupported with a loss.

They are the support matrix: the user guide is generated from them, a test compares them with the schema's element
lists, and inspection skims against them, so prediction and conversion cannot drift apart. What stands in no table
is an UNKNOWN_ELEMENT, a loss of content.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from converters.losses import LOSSES, LossLog, Place
from converters.ooxml.namespaces import prefixed, qn
from converters.ooxml.xml import ALTERNATE_CONTENT, resolved

# what every content module would lose alike: alternate content of which no branch is for us
LOST_ANYWHERE = {"mc:AlternateContent": "ALTERNATE_CONTENT_DROPPED"}


@dataclass(frozen=True)
class Support:
    """``context`` names the parent content (``"paragraph content"``); tags are prefixed (``"w:p"``).

    ``handlers`` values may be any callable that the module calls itself; ``ignored`` gives the reason why nothing
    is lost; ``unsupported`` gives the code of the loss.
    """

    context: str
    handlers: Mapping[str, Callable[..., Any]]
    ignored: Mapping[str, str] = field(default_factory=dict)
    unsupported: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tables = (self.handlers, self.ignored, self.unsupported)
        tags = [tag for table in tables for tag in table]
        if len(tags) != len(set(tags)):
            raise ValueError(f"{self.context}: a tag stands in two tables")
        for code in self.unsupported.values():
            LOSSES[code]
        object.__setattr__(self, "_handlers", {qn(tag): handler for tag, handler in self.handlers.items()})
        object.__setattr__(self, "_ignored", frozenset(map(qn, self.ignored)))
        losses = {
            tag: code
            for tag, code in {**LOST_ANYWHERE, **self.unsupported}.items()
            if tag not in self.handlers
        }
        object.__setattr__(self, "_losses", {qn(tag): code for tag, code in losses.items()})

    def handler(self, tag: str) -> Callable[..., Any] | None:
        """The handler for a Clark name, or None."""
        return self._handlers.get(tag)  # type: ignore[attr-defined]

    def loss_code(self, tag: str) -> str | None:
        """The code of the loss that an element of this Clark name means here; None for handled or ignored."""
        if tag in self._handlers or tag in self._ignored:  # type: ignore[attr-defined]
            return None
        return self._losses.get(tag, "UNKNOWN_ELEMENT")  # type: ignore[attr-defined]

    def report(self, tag: str, log: LossLog, place: Place) -> None:
        """Record the loss, if any, that an element without a handler means."""
        code = self.loss_code(tag)
        if code is not None:
            report_element(code, tag, log, place)

    def dispatch(self, element: Any, log: LossLog, place: Place, *arguments: Any) -> Any:
        """Call the element's handler with (element, *arguments), or report what its absence means."""
        handler = self._handlers.get(element.tag)  # type: ignore[attr-defined]
        if handler is not None:
            return handler(element, *arguments)
        self.report(element.tag, log, place)
        return None

    def dispatch_children(self, parent: Any, log: LossLog, place: Place, *arguments: Any) -> None:
        """:meth:`dispatch` each child of an element, with alternate content resolved."""
        handlers, ignored = self._handlers, self._ignored  # type: ignore[attr-defined]
        for element in parent if parent is not None else ():
            tag = element.tag
            if tag == ALTERNATE_CONTENT:
                for shown in resolved(element):
                    self.dispatch(shown, log, place, *arguments)
                continue
            handler = handlers.get(tag)
            if handler is not None:
                handler(element, *arguments)
            elif tag not in ignored:
                self.report(tag, log, place)


def report_element(code: str, tag: str, log: LossLog, place: Place, count: int = 1) -> None:
    """Record a loss that an element means by being there: its tag is the parameter that the code's sentence asks for."""
    log.report(code, place, count, **{LOSSES[code].parameter: prefixed(tag)})
