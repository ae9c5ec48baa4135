"""How large an equation is shown, estimated from its MathML: LibreOffice stretches one on a page to the size of its frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

_LETTER, _OPERATOR, _LINE = 0.5, 0.9, 1.2  # widths of signs and the height of a line, in the size of the text
_SCRIPT = 0.65
_RULE = 0.25  # the space that fraction bars and roots take
_BIG = 1.5  # sums and integrals
Size = tuple[float, float]


def equation_size(element: etree._Element) -> Size:
    """(width, height) of a MathML element, in the size of its text."""
    if not isinstance(element.tag, str):
        return 0.0, 0.0
    name = etree.QName(element).localname
    if name == "annotation":
        return 0.0, 0.0
    measure = _MEASURES.get(name, _side_by_side)
    parts = [equation_size(child) for child in element]
    if not parts:
        text = (element.text or "").strip()
        each = _OPERATOR if name == "mo" else _LETTER
        return each * len(text), _LINE * (_BIG if text in _LARGE else 1) if text else 0.0
    return measure(parts)


def _side_by_side(parts: Sequence[Size]) -> Size:
    return sum(width for width, _ in parts), max(height for _, height in parts)


def _stacked(parts: Sequence[Size]) -> Size:
    return max(width for width, _ in parts), sum(height for _, height in parts)


def _fraction(parts: Sequence[Size]) -> Size:
    width, height = _stacked(parts)
    return width + _RULE, height + _RULE


def _root(parts: Sequence[Size]) -> Size:
    width, height = _side_by_side(parts)
    return width + 2 * _RULE + _LETTER, height + _RULE


def _with_scripts(parts: Sequence[Size]) -> Size:
    (width, height), *scripts = parts
    wide = max((one for one, _ in scripts), default=0.0) * _SCRIPT
    return width + wide, height + sum(one * _SCRIPT / 2 for _, one in scripts)


def _with_limits(parts: Sequence[Size]) -> Size:
    (width, height), *limits = parts
    wide = max((one * _SCRIPT for one, _ in limits), default=0.0)
    return max(width, wide), height + sum(one * _SCRIPT for _, one in limits)


_LARGE = frozenset("∑∏∫∬∭∮⋃⋂")
_MEASURES: dict[str, Callable[[Sequence[Size]], Size]] = {
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _root,
    **dict.fromkeys(("msub", "msup", "msubsup", "mmultiscripts"), _with_scripts),
    **dict.fromkeys(("munder", "mover", "munderover"), _with_limits),
    "mtable": _stacked,
}
