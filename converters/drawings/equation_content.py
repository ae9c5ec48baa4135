"""Office Math Markup as presentation MathML (ECMA-376 Part 1, 22.1; MathML 3, chapter 3).

Each handler writes exactly one MathML element, except where the source's element only groups; arguments stand in an
``mrow`` each, since MathML tells them apart by their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from converters.drawings.equation_symbols import INVISIBLE, in_script, tokens, variant
from converters.losses import LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.support import Support
from converters.units import read_int, read_on_off

_INTEGRALS = frozenset("∫∬∭∮∯∰∱∲∳")
_COLUMNS = {"left": "left", "center": "center", "right": "right", "inside": "left", "outside": "right"}
_NOTATIONS = (
    ("hideTop", "top"),
    ("hideBot", "bottom"),
    ("hideLeft", "left"),
    ("hideRight", "right"),
)
_STRIKES = (
    ("strikeH", "horizontalstrike"),
    ("strikeV", "verticalstrike"),
    ("strikeBLTR", "updiagonalstrike"),
    ("strikeTLBR", "downdiagonalstrike"),
)
_FRACTIONS: Mapping[str, dict[str, str | None]] = {
    "skw": {"bevelled": "true"},
    "noBar": {"linethickness": "0"},
}
_DEFAULT_NARY, _DEFAULT_ACCENT, _DEFAULT_GROUP = "∫", "\u0302", "\u23df"
# combining accents as the spacing marks that MathML names (MathML 3, Appendix C)
_ACCENTS = {
    "\u0300": "`", "\u0301": "´", "\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0305": "¯", "\u0306": "˘",
    "\u0307": "˙", "\u0308": "¨", "\u030a": "˚", "\u030c": "ˇ", "\u20d7": "→", "\u20d6": "←", "\u20e1": "↔",
    "\u20db": "⃛", "\u20dc": "⃜", "\u0332": "_",
}  # fmt: skip
_WIDE = frozenset(("\u0305", "\u20d7", "\u20d6", "\u20e1", "\u0332"))


_SPACE_EM = 0.25
_BOLD = ("b", "bi")
_RGB = re.compile("[0-9A-Fa-f]{6}")
_MAX_COLUMNS = 64
# whether limits stand above and below -> the limits that there are -> the element for them
_LIMIT_TAGS: Mapping[bool, Mapping[tuple[str, ...], str]] = {
    True: {("sub", "sup"): "munderover", ("sub",): "munder", ("sup",): "mover"},
    False: {("sub", "sup"): "msubsup", ("sub",): "msub", ("sup",): "msup"},
}
Handler = Callable[[etree._Element, "EquationWriter"], None]


@dataclass(frozen=True, slots=True)
class EquationWriter:
    """Writes the content of ``m:oMath``.

    ``integral_limits`` and ``other_limits`` say where n-ary operators have their limits by default (ST_LimLoc);
    ``has_marks`` that ``&`` marks an alignment and is no text.
    """

    writer: XmlWriter
    log: LossLog
    place: Place
    integral_limits: str = "subSup"
    other_limits: str = "undOvr"
    has_marks: bool = False

    def write(self, parent: etree._Element | None) -> None:
        """All content of an element; nothing where there is none."""
        for element in children(parent):
            SUPPORT.dispatch(element, self.log, self.place, self)

    def argument(self, parent: etree._Element, local: str) -> None:
        """One argument by its local name, as one MathML element."""
        with self.writer.element("mrow"):
            self.write(parent.find(qn(f"m:{local}")))

    def operator(self, text: str, **attributes: str) -> None:
        self.writer.text_element("mo", text, attributes)

    def fence(self, text: str, form: str, *, stretches: bool) -> None:
        if text:
            self.operator(text, fence="true", form=form, stretchy="true" if stretches else "false")

    def approximated(self, detail: str) -> None:
        self.log.report("EQUATION_APPROXIMATED", self.place, property=detail)


def _property(element: etree._Element, local: str) -> etree._Element | None:
    """``m:fPr/m:type`` of ``m:f``: one of the element's own properties."""
    name = etree.QName(element).localname
    return element.find(f"{qn(f'm:{name}Pr')}/{qn(f'm:{local}')}")


def _value(element: etree._Element, local: str, default: str) -> str:
    """The value of a property: ``default`` where it is not there, empty where it stands without a value."""
    found = _property(element, local)
    return default if found is None else found.get(qn("m:val"), "")


def _is_on(element: etree._Element, local: str) -> bool:
    found = _property(element, local)
    return found is not None and read_on_off(found.get(qn("m:val")))


# -- text --------------------------------------------------------------------------------------------------------


def _run(run: etree._Element, equation: EquationWriter) -> None:
    """``m:r``: text, whose letters are italic unless the run says otherwise (22.1.2.87)."""
    if _property(run, "brk") is not None:
        _line_break(run, equation)
    color = _color(run)
    if color is not None:
        equation.writer.start("mstyle", {"mathcolor": color})
    for child in children(run):
        RUN_CONTENT.dispatch(child, equation.log, equation.place, equation)
    if color is not None:
        equation.writer.end()


def _color(run: etree._Element) -> str | None:
    """The run's own colour, as Word writes it."""
    found = run.find(f"{qn('w:rPr')}/{qn('w:color')}")
    value = found.get(qn("w:val"), "") if found is not None else ""
    return f"#{value.lower()}" if _RGB.fullmatch(value) else None


def _line_break(_element: etree._Element, equation: EquationWriter) -> None:
    equation.writer.empty("mspace", {"linebreak": "newline"})


def _text(element: etree._Element, equation: EquationWriter) -> None:
    """``m:t``, by the style of its run: normal text stays one piece, mathematics is cut into tokens."""
    run = element.getparent()
    assert run is not None
    text = element.text or ""
    if equation.has_marks:
        text = text.replace("&", "")
    writer = equation.writer
    if _is_on(run, "nor"):
        writer.text_element("mtext", text)
        return
    script, style = _value(run, "scr", "roman"), _value(run, "sty", "i")
    for token in tokens(text.strip()):
        if token.tag == "mspace":
            writer.empty("mspace", {"width": f"{_SPACE_EM * len(token.text):.2f}em"})
        elif token.tag == "mi":
            letters = in_script(token.text, script, style)
            shape = style if letters == token.text else "p"
            writer.text_element("mi", letters, {"mathvariant": variant(shape, letters)})
        elif token.tag == "mn":
            writer.text_element("mn", token.text, {"mathvariant": "bold" if style in _BOLD else None})
        elif token.text not in INVISIBLE:
            writer.text_element("mo", token.text, {"stretchy": "false"})


# -- structures --------------------------------------------------------------------------------------------------


def _accent(element: etree._Element, equation: EquationWriter) -> None:
    """``m:acc``: a mark over its argument (22.1.2.1)."""
    mark = _value(element, "chr", _DEFAULT_ACCENT)
    with equation.writer.element("mover", {"accent": "true"}):
        equation.argument(element, "e")
        equation.operator(_ACCENTS.get(mark, mark), stretchy="true" if mark in _WIDE else "false")


def _bar(element: etree._Element, equation: EquationWriter) -> None:
    """``m:bar``: a line over or under (22.1.2.7)."""
    above = _value(element, "pos", "bot") == "top"
    with equation.writer.element(
        "mover" if above else "munder", {"accent" if above else "accentunder": "true"}
    ):
        equation.argument(element, "e")
        equation.operator("¯" if above else "\u0332", stretchy="true")


def _group_character(element: etree._Element, equation: EquationWriter) -> None:
    """``m:groupChr``: a brace or arrow over or under (22.1.2.41)."""
    above = _value(element, "pos", "bot") == "top"
    with equation.writer.element("mover" if above else "munder"):
        equation.argument(element, "e")
        equation.operator(_value(element, "chr", _DEFAULT_GROUP), stretchy="true")


def _delimiters(element: etree._Element, equation: EquationWriter) -> None:
    """``m:d``: arguments in brackets with a separator between them (22.1.2.24)."""
    grows = _property(element, "grow") is None or _is_on(element, "grow")
    separator = _value(element, "sepChr", "|")
    with equation.writer.element("mrow"):
        equation.fence(_value(element, "begChr", "("), "prefix", stretches=grows)
        with equation.writer.element("mrow"):
            for index, argument in enumerate(element.iterfind(qn("m:e"))):
                if index and separator:
                    equation.operator(separator, stretchy="false", separator="true")
                with equation.writer.element("mrow"):
                    equation.write(argument)
        equation.fence(_value(element, "endChr", ")"), "postfix", stretches=grows)


def _equation_array(element: etree._Element, equation: EquationWriter) -> None:
    """``m:eqArr``: equations one above the other; ``&`` marks where they are aligned (22.1.2.34)."""
    writer = equation.writer
    with writer.element("mtable"):
        for row in element.iterfind(qn("m:e")):
            with writer.element("mtr"), writer.element("mtd"), writer.element("mrow"):
                if any("&" in (text.text or "") for text in row.iter(qn("m:t"))):
                    equation.approximated("m:aln")
                replace(equation, has_marks=True).write(row)


def _fraction(element: etree._Element, equation: EquationWriter) -> None:
    """``m:f``: stacked, slanted, in one line or without a bar (22.1.2.36)."""
    kind = _value(element, "type", "bar")
    if kind == "lin":
        with equation.writer.element("mrow"):
            equation.argument(element, "num")
            equation.operator("/", stretchy="false")
            equation.argument(element, "den")
        return
    with equation.writer.element("mfrac", _FRACTIONS.get(kind)):
        equation.argument(element, "num")
        equation.argument(element, "den")


def _function(element: etree._Element, equation: EquationWriter) -> None:
    """``m:func``: a name and what it is applied to (22.1.2.39)."""
    with equation.writer.element("mrow"):
        equation.argument(element, "fName")
        equation.argument(element, "e")


def _limit(tag: str) -> Handler:
    def write(element: etree._Element, equation: EquationWriter) -> None:
        with equation.writer.element(tag):
            equation.argument(element, "e")
            equation.argument(element, "lim")

    return write


def _matrix(element: etree._Element, equation: EquationWriter) -> None:
    """``m:m``: rows and columns (22.1.2.58)."""
    alignments: list[str] = []
    for column in element.iterfind(f"{qn('m:mPr')}/{qn('m:mcs')}/{qn('m:mc')}/{qn('m:mcPr')}"):
        count, justified = column.find(qn("m:count")), column.find(qn("m:mcJc"))
        times = read_int(count.get(qn("m:val")), 1) if count is not None else 1
        name = justified.get(qn("m:val"), "center") if justified is not None else "center"
        alignments += [_COLUMNS.get(name, "center")] * min(max(1, times or 1), _MAX_COLUMNS)
    aligned = " ".join(alignments[:_MAX_COLUMNS]) if set(alignments) - {"center"} else None
    writer = equation.writer
    with writer.element("mtable", {"columnalign": aligned}):
        for row in element.iterfind(qn("m:mr")):
            with writer.element("mtr"):
                for cell in row.iterfind(qn("m:e")):
                    with writer.element("mtd"), writer.element("mrow"):
                        equation.write(cell)


def _nary(element: etree._Element, equation: EquationWriter) -> None:
    """``m:nary``: a sum, product, integral ... with its limits (22.1.2.70)."""
    sign = _value(element, "chr", _DEFAULT_NARY)
    default = equation.integral_limits if sign in _INTEGRALS else equation.other_limits
    above = _value(element, "limLoc", default) == "undOvr"
    limits = [name for name, hide in (("sub", "subHide"), ("sup", "supHide")) if not _is_on(element, hide)]
    tag = _LIMIT_TAGS[above].get(tuple(limits))
    writer = equation.writer
    with writer.element("mrow"):
        if tag is not None:
            writer.start(tag)
        equation.operator(sign, stretchy="false", movablelimits="false")
        for name in limits:
            equation.argument(element, name)
        if tag is not None:
            writer.end()
        equation.argument(element, "e")


def _phantom(element: etree._Element, equation: EquationWriter) -> None:
    """``m:phant``: room that something takes, shown or not (22.1.2.81)."""
    shown = _property(element, "show") is None or _is_on(element, "show")
    zero = {
        name: "0"
        for name, local in (("width", "zeroWid"), ("height", "zeroAsc"), ("depth", "zeroDesc"))
        if _is_on(element, local)
    }
    if zero:
        equation.writer.start("mpadded", zero)
    with equation.writer.element("mrow" if shown else "mphantom"):
        equation.write(element.find(qn("m:e")))
    if zero:
        equation.writer.end()


def _radical(element: etree._Element, equation: EquationWriter) -> None:
    """``m:rad``: a square root, or a root with its degree (22.1.2.88)."""
    degree = element.find(qn("m:deg"))
    if _is_on(element, "degHide") or degree is None or len(degree) == 0:
        with equation.writer.element("msqrt"):
            equation.argument(element, "e")
        return
    with equation.writer.element("mroot"):
        equation.argument(element, "e")
        equation.argument(element, "deg")


def _scripts(tag: str, *arguments: str) -> Handler:
    def write(element: etree._Element, equation: EquationWriter) -> None:
        with equation.writer.element(tag):
            for name in arguments:
                equation.argument(element, name)

    return write


def _prescripts(element: etree._Element, equation: EquationWriter) -> None:
    """``m:sPre``: indices before the base (22.1.2.99)."""
    with equation.writer.element("mmultiscripts"):
        equation.argument(element, "e")
        equation.writer.empty("mprescripts")
        equation.argument(element, "sub")
        equation.argument(element, "sup")


def _box(element: etree._Element, equation: EquationWriter) -> None:
    """``m:box`` and what groups only: no MathML element says more than a row does (22.1.2.13)."""
    equation.argument(element, "e")


def _border_box(element: etree._Element, equation: EquationWriter) -> None:
    """``m:borderBox``: lines around and through (22.1.2.11)."""
    lines = [name for local, name in _NOTATIONS if not _is_on(element, local)]
    notation = ["box"] if len(lines) == len(_NOTATIONS) else lines
    notation += [name for local, name in _STRIKES if _is_on(element, local)]
    equation.approximated("m:borderBox")  # LibreOffice shows the content alone
    with equation.writer.element("menclose", {"notation": " ".join(notation) or "none"}):
        equation.argument(element, "e")


def _group(element: etree._Element, equation: EquationWriter) -> None:
    equation.write(element)


def _tag(element: etree._Element, equation: EquationWriter) -> None:
    equation.write(element.find(qn("w:sdtContent")))


def _change(element: etree._Element, equation: EquationWriter) -> None:
    """What was inserted into an equation stays: an object has no tracked changes inside."""
    equation.log.report(
        "TRACKED_CHANGE_FLATTENED", equation.place, element=f"w:{etree.QName(element).localname}"
    )
    equation.write(element)


_WITH_PARENT = "read with the element that holds it"
_NOT_SHOWN = "a mark of the editor inside an equation"

RUN_CONTENT = Support(
    "run of an equation",
    {"m:t": _text, "w:t": _text, "w:br": _line_break, "w:cr": _line_break},
    ignored={
        "m:rPr": _WITH_PARENT,
        "w:rPr": "an equation is set in its own typeface, in the size of the text around it",
        "a:rPr": "an equation is set in its own typeface, in the size of the text around it",
        "w:lastRenderedPageBreak": "where a page ended when Word last laid the document out",
        "w:tab": "a space in an equation",
    },
)
SUPPORT = Support(
    "equation",
    {
        "m:r": _run,
        "m:acc": _accent,
        "m:bar": _bar,
        "m:box": _box,
        "m:borderBox": _border_box,
        "m:d": _delimiters,
        "m:eqArr": _equation_array,
        "m:f": _fraction,
        "m:func": _function,
        "m:groupChr": _group_character,
        "m:limLow": _limit("munder"),
        "m:limUpp": _limit("mover"),
        "m:m": _matrix,
        "m:nary": _nary,
        "m:phant": _phantom,
        "m:rad": _radical,
        "m:sPre": _prescripts,
        "m:sSub": _scripts("msub", "e", "sub"),
        "m:sSubSup": _scripts("msubsup", "e", "sub", "sup"),
        "m:sSup": _scripts("msup", "e", "sup"),
        "m:oMath": _group,
        "w:r": _run,
        "w:smartTag": _group,
        "w:customXml": _group,
        "w:hyperlink": _group,
        "w:sdt": _tag,
        "w:ins": _change,
        "w:moveTo": _change,
    },
    ignored={
        "m:argPr": "the size of an argument, which follows from its place",
        "m:ctrlPr": "the formatting of a sign that the application draws",
        **dict.fromkeys(
            ("w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:permStart", "w:permEnd", "w:commentRangeStart",
             "w:commentRangeEnd", "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart",
             "w:moveToRangeEnd", "w:customXmlPr", "w:smartTagPr", "w:sdtPr", "w:sdtEndPr"),
            _NOT_SHOWN,
        ),
    },
    unsupported={"w:del": "TRACKED_CHANGE_FLATTENED", "w:moveFrom": "TRACKED_CHANGE_FLATTENED"},
)  # fmt: skip
