"""Number format codes as data styles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.odf.number_styles import DataStyle
from converters.odf.xmlwriter import XmlWriter
from converters.xlsx_to_ods.number_formats import BUILT_IN, parse_number_format, split_sections


def _elements(code: str) -> list[str]:
    style = parse_number_format(code).style
    assert style is not None
    return [part.element.removeprefix("number:") for part in style.parts]


def test_general_is_no_style():
    assert parse_number_format("General").style is None
    assert parse_number_format("").style is None


@pytest.mark.parametrize(
    ("code", "value_type"),
    [
        ("0.0%", "percentage"),
        ("yyyy-mm-dd", "date"),
        ("[h]:mm", "time"),
        ("mm:ss.0", "time"),
        ("# ?/8", "float"),
    ],
)
def test_a_code_tells_the_value_type(code, value_type):
    assert parse_number_format(code).value_type == value_type


def test_m_means_minutes_beside_hours_or_seconds_and_months_elsewhere():
    assert _elements("yyyy/m/d h:m") == [
        "year",
        "text",
        "month",
        "text",
        "day",
        "text",
        "hours",
        "text",
        "minutes",
    ]
    assert _elements("m:ss") == ["minutes", "text", "seconds"]


def test_elapsed_time_does_not_stop_at_its_largest_unit():
    style = parse_number_format("[hh]:mm").style
    assert ("number:truncate-on-overflow", "false") in style.attributes


def test_sections_become_conditions():
    style = parse_number_format('0;[Red]-0;"zero";@').style
    assert style.kind == "text"
    assert [condition for condition, _style in style.maps] == ["value()>0", "value()<0", "value()=0"]
    assert style.maps[1][1].color == "#ff0000"


def test_written_conditions_win():
    style = parse_number_format('[>=100]0;[<-5]"low";0.0').style
    assert [condition for condition, _style in style.maps] == ["value()>=100", "value()<-5"]


def test_text_inside_digits_is_embedded():
    number = parse_number_format("000-00-0000").style.parts[0]
    assert number.embedded == ((6, "-"), (4, "-"))


def test_a_currency_keeps_symbol_and_locale():
    part = parse_number_format("[$€-40C] #,##0.00").style.parts[0]
    assert part.text == "€"
    assert dict(part.attributes) == {"number:language": "fr", "number:country": "FR"}


def test_semicolons_inside_quotes_do_not_separate():
    assert split_sections('0";"0;\\;0;[$;-409]0') == ['0";"0', "\\;0", "[$;-409]0"]


@pytest.mark.parametrize("number", sorted(BUILT_IN))
def test_every_built_in_format_is_read(number):
    style = parse_number_format(BUILT_IN[number]).style
    assert (style is None) == (number == 0)


_CODES = st.text(st.sampled_from(list('0#?.,%/@;:-_*\\"[]$€ EeymdhsAaPp/()<>=+1redBlu')), max_size=24)


@given(st.one_of(st.text(max_size=30), _CODES))
def test_no_code_breaks_the_parser(code):
    style = parse_number_format(code).style
    if style is not None:
        _write(style)


def _write(style: DataStyle) -> str:
    names = tuple(f"N1P{index}" for index in range(len(style.maps)))
    return XmlWriter().fragment(lambda writer: style.write(writer, "N1", names, volatile=False))


@pytest.mark.parametrize(
    ("code", "widths"),
    [
        ("#,##0_)", [")"]),
        ('"$"#,##0_)', [")"]),
        ("[$$-409]#,##0_)", [None]),
        ("0%_)", [None]),
        ("0\\ _€", [None]),
    ],
)
def test_a_blank_s_width_is_named_only_where_libreoffice_does_not_show_the_name(code, widths):
    style = parse_number_format(code).style
    assert [dict(part.attributes).get("loext:blank-width-char") for part in style.parts[-1:]] == widths
    assert style.parts[-1].text.endswith(" ")


def test_three_semicolons_hide_numbers_and_text():
    style = parse_number_format(";;;").style
    assert style.kind == "text"
    assert [condition for condition, _style in style.maps] == ["value()>0", "value()<0", "value()=0"]
    assert all(
        part.text == "" for applied in (style, *(item for _, item in style.maps)) for part in applied.parts
    )


def test_all_sections_speak_the_language_that_one_of_them_names():
    style = parse_number_format("[$-C0A]d mmmm yyyy;@").style
    spanish = (("number:language", "es"), ("number:country", "ES"))
    assert style.attributes[:2] == spanish
    assert all(applied.attributes[:2] == spanish for _condition, applied in style.maps)


@pytest.mark.parametrize(("char", "width"), [(")", 1), ("-", 1), ("€", 2), ("0", 2), ("W", 3)])
def test_a_blank_is_as_wide_as_its_character(char, width):
    assert parse_number_format(f"0\\x_{char}").style.parts[-1].text == "x" + " " * width


@pytest.mark.parametrize(
    ("code", "lost"), [("d mmmmm", "mmmmm"), ("h:mm A/P", "A/P"), ("d mmmm", ""), ("h AM/PM", "")]
)
def test_what_odf_has_no_element_for_is_told(code, lost):
    assert parse_number_format(code).approximated == lost
