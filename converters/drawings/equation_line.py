"""An equation in one line of text: ``x=(-b±√(b^2-4ac))/2a`` (Unicode Technical Note 28, linear format of mathematics)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree


def equation_line(element: etree._Element) -> str:
    """A MathML element and all in it; what stands above, below or under a root is in brackets where it has several signs."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element).localname
    if name == "annotation":
        return ""
    parts = [equation_line(child) for child in element]
    if not parts:
        return (element.text or "").strip()
    return _LINES.get(name, "".join)(parts)


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _fraction(parts: Sequence[str]) -> str:
    return "/".join(map(_grouped, parts))


def _root(parts: Sequence[str]) -> str:
    return "√" + _grouped("".join(parts))


def _indexed_root(parts: Sequence[str]) -> str:
    base, *index = parts
    return f"{''.join(map(_grouped, index))}√{_grouped(base)}"


def _marked(*marks: str) -> Callable[[Sequence[str]], str]:
    """A base and what stands at it, each behind its mark."""

    def line(parts: Sequence[str]) -> str:
        base, *scripts = parts
        return base + "".join(
            mark + _grouped(script) for mark, script in zip(marks, scripts, strict=False) if script
        )

    return line


_LINES: dict[str, Callable[[Sequence[str]], str]] = {
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _indexed_root,
    "msub": _marked("_"),
    "msup": _marked("^"),
    "msubsup": _marked("_", "^"),
    "munder": _marked("_"),
    "mover": _marked("^"),
    "munderover": _marked("_", "^"),
    "mtable": "; ".join,
    "mtr": ", ".join,
}
