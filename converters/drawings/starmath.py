"""MathML in StarMath, as the annotation that LibreOffice reads before the MathML (MathML 3, 5.1.2).

LibreOffice's reader of MathML drops accents, boxes and braces, takes names such as ``to`` for commands, and puts a mark of
error where an operator has nothing beside it. In StarMath it shows what was meant; every other application reads the MathML.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from converters.drawings.starmath_words import (
    ACCENTS,
    BINARY,
    BRACES,
    FENCES,
    FUNCTIONS,
    LINE_FENCES,
    NARY,
    OTHER_NARY,
    SIGNS,
    UNARY,
)

ENCODING = "StarMath 5.0"
_VARIANTS = {"bold": "bold ", "bold-italic": "bold italic ", "italic": "italic "}
_NOTHING = "{}"


def starmath(element: etree._Element) -> str:
    """The StarMath of a MathML element and all in it."""
    return _row([element])


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _one(element: etree._Element) -> str:
    """An element as one piece, in braces where it is more than a sign."""
    text = _row(element) if _name(element) == "mrow" else _row([element])
    return f"{{{text}}}"


def _row(elements: Sequence[etree._Element] | etree._Element) -> str:
    """Elements side by side: an operator without a neighbour gets an empty one."""
    pieces: list[str] = []
    wants = False  # the piece before is an operator that wants something after it
    for element in elements:
        operator = _operator(element)
        if operator is None:
            pieces.append(_HANDLERS[_name(element)](element))
            wants = False
        elif operator in _BINARY_WORDS:
            if wants or (not pieces and operator not in UNARY):
                pieces.append(_NOTHING)
            pieces.append(operator)
            wants = True
        else:
            pieces.append(operator)
            wants = operator in _NARY_WORDS
    if wants:
        pieces.append(_NOTHING)
    return " ".join(piece for piece in pieces if piece)


def _operator(element: etree._Element) -> str | None:
    """The word for ``mo``; None for any other element."""
    if _name(element) != "mo":
        return None
    sign = element.text or ""
    for words in (BINARY, NARY, SIGNS):
        if sign in words:
            return words[sign]
    return f"oper {sign}" if sign in OTHER_NARY else _quoted(sign)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "∖").replace('"', "”") + '"' if text else ""


def _identifier(element: etree._Element) -> str:
    text = element.text or ""
    upright = "normal" if len(text) > 1 else "italic"
    variant = element.get("mathvariant", upright)
    if text in SIGNS:
        return SIGNS[text]
    if variant == "normal":
        return text if text in FUNCTIONS else _quoted(text)
    if len(text) == 1 and variant == "italic":
        return text
    return _VARIANTS.get(variant, "") + (text if len(text) == 1 else _quoted(text))


def _number(element: etree._Element) -> str:
    return _VARIANTS.get(element.get("mathvariant", ""), "") + (element.text or "")


def _text(element: etree._Element) -> str:
    return _quoted(element.text or "")


def _space(element: etree._Element) -> str:
    return "~" if element.get("linebreak") else "`"


def _group(element: etree._Element) -> str:
    """``mrow``: in brackets that grow where it begins with one of them."""
    first = element[0] if len(element) else None
    if first is None or first.get("fence") != "true":
        fenced = [one for one in element if one.get("fence") == "true"]
        if not fenced:
            return f"{{{_row(element)}}}"
    opening, inner, closing = _fences(element)
    if any(one is not None and one.get("stretchy") != "true" for one in (opening, closing)):
        return f"{{{_row(element)}}}"
    parts: list[str] = []
    pending: list[etree._Element] = []
    for one in inner:
        if one.get("separator") == "true" and one.text in LINE_FENCES:
            parts.append(f"{{{_row(pending)}}} mline")
            pending = []
        else:
            pending.append(one)
    parts.append(f"{{{_row(pending)}}}")
    return f"left {_fence(opening, 0)} {' '.join(parts)} right {_fence(closing, 1)}"


def _fences(
    element: etree._Element,
) -> tuple[etree._Element | None, list[etree._Element], etree._Element | None]:
    """(opening, content, closing) of a row in brackets; a content that is a row itself is opened."""
    content = list(element)
    opening = content.pop(0) if content and content[0].get("form") == "prefix" else None
    closing = content.pop() if content and content[-1].get("form") == "postfix" else None
    if len(content) == 1 and _name(content[0]) == "mrow" and content[0].get("fence") is None:
        content = list(content[0])
    return opening, content, closing


def _fence(element: etree._Element | None, side: int) -> str:
    sign = (element.text or "") if element is not None else ""
    return LINE_FENCES[sign][side] if sign in LINE_FENCES else FENCES.get(sign, "none")


def _fraction(element: etree._Element) -> str:
    above, below = map(_one, element)
    if element.get("linethickness") == "0":
        return f"binom {above} {below}"
    return f"{{{above} {'wideslash' if element.get('bevelled') else 'over'} {below}}}"


def _scripts(*marks: str) -> Callable[[etree._Element], str]:
    """A base with what stands beside, above or below it; a large operator goes on to what it is applied to."""

    def write(element: etree._Element) -> str:
        base, *arguments = element
        operator = _operator(base)
        large = operator if operator is not None and operator.partition(" ")[0] in _NARY_WORDS else None
        words = (_LIMITS.get(mark, mark) for mark in marks) if large else marks
        scripts = " ".join(f"{word} {_one(one)}" for word, one in zip(words, arguments, strict=True))
        return f"{large} {scripts}" if large else f"{{{_one(base)} {scripts}}}"

    return write


def _over(element: etree._Element) -> str:
    base, mark = element
    sign = mark.text or ""
    if element.get("accent") == "true" and sign in ACCENTS:
        several = len("".join(base.itertext())) > 1
        return f"{{{ACCENTS[sign][several]} {_one(base)}}}"
    return _braced(base, mark) or _label(base, mark) or _scripts("csup")(element)


def _under(element: etree._Element) -> str:
    base, mark = element
    if element.get("accentunder") == "true":
        return f"{{underline {_one(base)}}}"
    return _braced(base, mark) or _label(base, mark) or _scripts("csub")(element)


def _braced(base: etree._Element, mark: etree._Element) -> str | None:
    word = BRACES.get(mark.text or "") if _name(mark) == "mo" else None
    return f"{{{_one(base)} {word} {_NOTHING}}}" if word is not None else None


def _label(base: etree._Element, label: etree._Element) -> str | None:
    """What stands beyond a brace over or under something."""
    inner = base[0] if _name(base) == "mrow" and len(base) == 1 else base
    if _name(inner) not in ("mover", "munder"):
        return None
    braced = _braced(inner[0], inner[1])
    return f"{braced.removesuffix(_NOTHING + '}')}{_one(label)}}}" if braced is not None else None


def _root(element: etree._Element) -> str:
    base, degree = map(_one, element)
    return f"{{nroot {degree} {base}}}"


def _prescripts(element: etree._Element) -> str:
    base, _mark, below, above = element
    return f"{{{_one(base)} lsub {_one(below)} lsup {_one(above)}}}"


def _table(element: etree._Element) -> str:
    """``mtable``: one column is a stack, more are a matrix."""
    aligned = (element.get("columnalign") or "").split()
    rows = [
        [f"{_ALIGNED.get(aligned[i], '')}{_one(cell[0])}" if i < len(aligned) else _one(cell[0])
         for i, cell in enumerate(row)]
        for row in element
    ]  # fmt: skip
    columns = max(map(len, rows), default=0)
    if columns <= 1:
        return f"stack {{{' # '.join(cell for row in rows for cell in row)}}}"
    filled = (row + [_NOTHING] * (columns - len(row)) for row in rows)
    return f"matrix {{{' ## '.join(' # '.join(row) for row in filled)}}}"


def _enclosed(element: etree._Element) -> str:
    strike = "horizontalstrike" in element.get("notation", "").split()
    return f"{{overstrike {_one(element[0])}}}" if strike else _one(element[0])


def _colored(element: etree._Element) -> str:
    color = element.get("mathcolor", "#000000")
    parts = " ".join(str(int(color[i : i + 2], 16)) for i in (1, 3, 5))
    return f"{{color rgb {parts} {{{_row(element)}}}}}"


_BINARY_WORDS = frozenset(BINARY.values())
_NARY_WORDS = frozenset((*NARY.values(), "oper"))
_LIMITS = {"csub": "from", "csup": "to"}
_ALIGNED = {"left": "alignl ", "right": "alignr "}
_HANDLERS: Mapping[str, Callable[[etree._Element], str]] = {
    "mi": _identifier,
    "mn": _number,
    "mtext": _text,
    "mspace": _space,
    "mrow": _group,
    "mpadded": lambda element: f"{{{_row(element)}}}",
    "mphantom": lambda element: f"{{phantom {{{_row(element)}}}}}",
    "mstyle": _colored,
    "menclose": _enclosed,
    "mfrac": _fraction,
    "msqrt": lambda element: f"{{sqrt {{{_row(element)}}}}}",
    "mroot": _root,
    "msub": _scripts("_"),
    "msup": _scripts("^"),
    "msubsup": _scripts("_", "^"),
    "munder": _under,
    "mover": _over,
    "munderover": _scripts("csub", "csup"),
    "mmultiscripts": _prescripts,
    "mtable": _table,
}
