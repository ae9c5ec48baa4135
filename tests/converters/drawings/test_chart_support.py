"""Nothing in a chart vanishes in silence: the tables name every element of the schema, and what they say holds."""

from __future__ import annotations

import importlib.resources
import json

import pytest
from lxml import etree

from converters.drawings.chart_support import CHART, report_chart
from converters.losses import LossLog, Place
from converters.ooxml.namespaces import NAMESPACES

_SCHEMA = "data/openxml/schemas/schemas_openxmlformats_org_drawingml_2006_chart.json"


def test_the_tables_name_the_elements_of_the_schema_and_no_others():
    with importlib.resources.files("openxml_audit").joinpath(_SCHEMA).open(encoding="utf-8") as stream:
        types = json.load(stream)["Types"]
    elements = {name for item in types if (name := item["Name"].rpartition("/")[2])}
    assert {*CHART.handlers, *CHART.ignored, *CHART.unsupported} == elements


def _losses(series: str, beside: str = "") -> list[tuple[str, str]]:
    log = LossLog()
    root = etree.fromstring(
        f'<c:chartSpace xmlns:c="{NAMESPACES["c"]}" xmlns:a="{NAMESPACES["a"]}">{beside}<c:chart><c:plotArea>'
        f"<c:barChart><c:ser>{series}</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )
    report_chart(root, log, Place("shape"))
    return [(loss.code, next(iter(dict(loss.params).values()))) for loss in log.losses()]


@pytest.mark.parametrize(
    ("series", "beside", "expected"),
    [
        ("<c:dLbls><c:dLbl/><c:dLbl/></c:dLbls>", "", [("CHART_PART_DROPPED", "dLbl")]),
        ('<c:invertIfNegative val="0"/>', '<c:roundedCorners val="0"/>', []),
        ('<c:invertIfNegative val="1"/>', "", [("CHART_DETAIL_DROPPED", "invertIfNegative")]),
        ("", "<c:userShapes/>", [("CHART_PART_DROPPED", "userShapes")]),
        ("<c:trendline/><c:errBars/>", "", []),
        ("<c:newInSomeYear/>", "", [("UNKNOWN_ELEMENT", "c:newInSomeYear")]),
    ],
)
def test_each_kind_of_element_that_is_left_out_is_reported_once(series, beside, expected):
    assert [loss[:2] for loss in _losses(series, beside)] == expected
