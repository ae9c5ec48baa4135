"""Run properties of DrawingML as ODF text properties (ECMA-376 Part 1, 21.1.2.3; ODF 1.3 Part 3, 20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.fonts import named_font
from converters.odf.properties import TextProperties
from converters.ooxml.colors import Color
from converters.ooxml.namespaces import qn
from converters.support import Support
from converters.units import percent, points, read_int, read_on_off, read_percentage

DEFAULT_SIZE_POINTS = 18.0
_FILL_TAGS = {
    qn(f"a:{name}") for name in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
}
_UNDERLINE_NONE = {"underline_style": "none"}
# a:rPr/@u -> fields of TextProperties (20.1.10.82)
_UNDERLINES: Mapping[str, dict[str, str]] = {
    "none": _UNDERLINE_NONE,
    "words": {"underline_style": "solid", "underline_mode": "skip-white-space"},
    "sng": {"underline_style": "solid"},
    "dbl": {"underline_style": "solid", "underline_type": "double"},
    "heavy": {"underline_style": "solid", "underline_width": "bold"},
    "dotted": {"underline_style": "dotted"},
    "dottedHeavy": {"underline_style": "dotted", "underline_width": "bold"},
    "dash": {"underline_style": "dash"},
    "dashHeavy": {"underline_style": "dash", "underline_width": "bold"},
    "dashLong": {"underline_style": "long-dash"},
    "dashLongHeavy": {"underline_style": "long-dash", "underline_width": "bold"},
    "dotDash": {"underline_style": "dot-dash"},
    "dotDashHeavy": {"underline_style": "dot-dash", "underline_width": "bold"},
    "dotDotDash": {"underline_style": "dot-dot-dash"},
    "dotDotDashHeavy": {"underline_style": "dot-dot-dash", "underline_width": "bold"},
    "wavy": {"underline_style": "wave"},
    "wavyHeavy": {"underline_style": "wave", "underline_width": "bold"},
    "wavyDbl": {"underline_style": "wave", "underline_type": "double"},
}
_STRIKES: Mapping[str, dict[str, str]] = {
    "noStrike": {"line_through_style": "none"},
    "sngStrike": {"line_through_style": "solid", "line_through_type": "single"},
    "dblStrike": {"line_through_style": "solid", "line_through_type": "double"},
}
# one attribute each: LibreOffice keeps both as one setting, of which the last one written would win
_CAPS: Mapping[str, dict[str, str]] = {
    "small": {"font_variant": "small-caps"},
    "all": {"text_transform": "uppercase"},
    "none": {"text_transform": "none", "font_variant": "normal"},
}
_RAISED_SIZE = "58%"  # of text above or below the baseline


def _handled(*_arguments: object) -> None:
    """Marks what :func:`resolve_text` reads by name."""


RUN_PROPERTIES = Support(
    context="run properties",
    handlers=dict.fromkeys(
        (
            "a:solidFill",
            "a:gradFill",
            "a:noFill",
            "a:pattFill",
            "a:blipFill",
            "a:grpFill",
            "a:latin",
            "a:ea",
            "a:cs",
            "a:sym",
            "a:highlight",
            "a:hlinkClick",
            "a:ln",
        ),
        _handled,
    ),
    ignored={
        "a:uLnTx": "the underline follows the text, which is ODF's default",
        "a:uFillTx": "the underline follows the text, which is ODF's default",
        "a:rtl": "the direction is the paragraph's",
        "a:extLst": "extensions repeat what older readers see",
    },
    unsupported={
        "a:effectLst": "SHAPE_EFFECT_DROPPED",  # ODF's text shadow is hard and black
        "a:effectDag": "SHAPE_EFFECT_DROPPED",
        "a:uLn": "LINE_APPROXIMATED",
        "a:uFill": "LINE_APPROXIMATED",
        "a:hlinkMouseOver": "HYPERLINK_DROPPED",
    },
)


class RunFormat:
    """The merged attributes and children of run properties, lowest source first."""

    __slots__ = ("attributes", "children", "fill")

    def __init__(self, sources: Sequence[etree._Element]) -> None:
        self.attributes: dict[str, str] = {}
        self.children: dict[str, etree._Element] = {}
        self.fill: etree._Element | None = None
        for source in sources:
            self.attributes.update(source.attrib)
            for child in source:
                if child.tag in _FILL_TAGS:
                    self.fill = child
                else:
                    self.children[child.tag] = child

    @property
    def size_points(self) -> float:
        size = read_int(self.attributes.get("sz"))
        return size / 100 if size and size > 0 else DEFAULT_SIZE_POINTS

    def typeface(self, tag: str) -> str:
        child = self.children.get(qn(tag))
        return child.get("typeface", "") if child is not None else ""


def resolve_text(
    sources: Sequence[etree._Element], context: DrawingContext, *, link_color: str | None = None
) -> TextProperties:
    """Text properties for run properties laid over each other; ``link_color`` that of a hyperlink around the run."""
    run = RunFormat(sources)
    get = run.attributes.get
    size = points(run.size_points)
    weight = "bold" if read_on_off(get("b"), False) else "normal"
    style = "italic" if read_on_off(get("i"), False) else "normal"
    color = _color(run, context)
    fields: dict[str, str | None] = {}
    for table, value in (
        (_UNDERLINES, get("u", "none")),
        (_STRIKES, get("strike", "noStrike")),
        (_CAPS, _capitals(sources)),
    ):
        fields.update(table.get(value or "", {}))
    if link_color is not None:
        color = Color(link_color)
        fields.update(
            {"underline_style": "solid", "underline_width": "auto", "underline_color": "font-color"}
        )
    elif fields.get("underline_style") not in (None, "none"):
        fields.setdefault("underline_width", "auto")
        fields["underline_color"] = "font-color"
    raised = read_percentage(get("baseline"))
    spacing = read_int(get("spc"))
    highlight = context.color(run.children.get(qn("a:highlight")))
    latin, asian, complex_script = (_typeface(run, tag, context) for tag in ("a:latin", "a:ea", "a:cs"))
    language, country = _language(get("lang"))
    line = run.children.get(qn("a:ln"))
    outlined = line is not None and line.find(qn("a:noFill")) is None and len(line) and run.fill is not None
    outlined = outlined and run.fill is not None and run.fill.tag == qn("a:noFill")
    return TextProperties(
        color=color.rgb if color is not None else None,
        opacity=percent(color.alpha * 100) if color is not None and color.alpha < 1 else None,
        font_name=latin,
        font_name_asian=asian,
        font_name_complex=complex_script,
        font_size=size,
        font_size_asian=size,
        font_size_complex=size,
        font_weight=weight,
        font_weight_asian=weight,
        font_weight_complex=weight,
        font_style=style,
        font_style_asian=style,
        font_style_complex=style,
        text_position=f"{percent(raised)} {_RAISED_SIZE}" if raised else None,
        letter_spacing=points(spacing / 100) if spacing else None,
        text_outline="true" if outlined else None,
        background_color=highlight.rgb if highlight is not None and highlight.alpha > 0 else None,
        language=language,
        country=country,
        **fields,
    )


def report_run_properties(properties: etree._Element | None, context: DrawingContext) -> None:
    """Report what a run's own properties hold and ODF does not."""
    for child in properties if properties is not None else ():
        code = RUN_PROPERTIES.loss_code(child.tag)
        name = etree.QName(child).localname
        if code == "SHAPE_EFFECT_DROPPED":
            for effect in child:
                context.log.report(code, context.place, effect=etree.QName(effect).localname)
        elif code == "LINE_APPROXIMATED":
            context.log.report(code, context.place, property=name)
        elif code == "HYPERLINK_DROPPED":
            context.log.report(code, context.place, target=name)
        elif code is not None:
            RUN_PROPERTIES.report(child.tag, context.log, context.place)


def _capitals(sources: Sequence[etree._Element]) -> str | None:
    """``@cap`` (20.1.10.64) of the last source that names it; None where none of them asks for capitals."""
    named = [cap for source in sources if (cap := source.get("cap")) is not None]
    return named[-1] if any(cap != "none" for cap in named) else None


def _color(run: RunFormat, context: DrawingContext) -> Color | None:
    fill = run.fill
    if fill is None:
        return None
    if fill.tag in (qn("a:gradFill"), qn("a:pattFill")):
        stop = next(fill.iter(qn("a:gs"), qn("a:fgClr")), None)
        return context.color(stop)
    return context.color(fill)


def _typeface(run: RunFormat, tag: str, context: DrawingContext) -> str | None:
    return named_font(run.children.get(qn(tag)), context)


def _language(tag: str | None) -> tuple[str | None, str | None]:
    parts = (tag or "").split("-")
    if not (2 <= len(parts[0]) <= 3 and parts[0].isalpha()):
        return None, None
    country = next((part for part in parts[1:] if len(part) == 2 and part.isalpha()), "")
    return parts[0].lower(), country.upper() or "none"
