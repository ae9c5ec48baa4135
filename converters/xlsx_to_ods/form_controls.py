"""Form controls on a sheet (ECMA-376 Part 4, 19.4.2.66; ODF 1.3 Part 3, 13): with the cells they are linked to.

Excel keeps each control in the sheet's VML drawing, whatever else newer versions write beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from converters.drawings.hyperlinks import write_script
from converters.losses import LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.options import NO_SCRIPTS, Scripts
from converters.units import read_int
from converters.xlsx_to_ods.anchors import SheetGrid, end_attributes, place_attributes
from converters.xlsx_to_ods.references import cell_name, read_area, split_sheet
from converters.xlsx_to_ods.row_layout import CellExtra
from converters.xlsx_to_ods.vml_shapes import VmlShape

_COMPONENT = "ooo:com.sun.star.form.component."
_TRISTATE = {"1": "checked", "2": "unknown"}
Attributes = dict[str, str | None]


@dataclass(slots=True)
class FormControls:
    """The controls of one sheet; ``identifiers`` counts through the workbook."""

    sheet: str
    grid: SheetGrid
    identifiers: Counter[str]
    log: LossLog
    scripts: Scripts = NO_SCRIPTS
    _controls: list[tuple[str, Attributes, str | None]] = field(default_factory=list)
    _radios: int = 0  # in the open group
    _radio_link: str | None = None  # of the open group: only its first button names it
    _groups: int = 0

    def add(self, shapes: list[VmlShape], extras: dict[int, dict[int, CellExtra]]) -> None:
        """Put the controls among the shapes on their cells; :meth:`xml` tells what they are."""
        for shape in shapes:
            handler = CONTROLS.get(shape.kind)
            start, end = shape.corners or (None, None)
            place = Place("shape", container=self.sheet)
            if start is not None:
                place = Place("shape", container=self.sheet, cell=cell_name(start.row, start.column))
            if handler is None or start is None or end is None:
                if shape.kind not in NO_CONTROLS:
                    self.log.report("FORM_CONTROL_DROPPED", place, kind=shape.kind)
                continue
            if shape.is_hidden:
                continue
            identifier = self._carry(handler, shape, place)
            writer = XmlWriter()
            writer.empty(
                "draw:control",
                {
                    "draw:control": identifier,
                    **place_attributes(start, self.grid.between(start, end)),
                    **end_attributes(self.sheet, end),
                },
            )
            cell = extras.setdefault(start.row, {}).setdefault(start.column, CellExtra())
            cell.after += writer.result()

    def _carry(self, handler: Handler, shape: VmlShape, place: Place) -> str:
        element, own = handler(self, shape, place)
        self.identifiers["control"] += 1
        identifier = f"control{self.identifiers['control']}"
        component = own.pop("component")
        macro = shape.data.get("FmlaMacro", "")
        address = self.scripts.address(macro) if macro else None
        if macro and address is None:
            self.log.report("FORM_CONTROL_MACRO_DROPPED", place, name=macro)
        self._controls.append(
            (
                element,
                {
                    "xml:id": identifier,
                    "form:id": identifier,
                    "form:name": shape.name or f"{shape.kind} {shape.identifier}",
                    "form:control-implementation": f"{_COMPONENT}{component}",
                    **own,
                },
                address,
            )
        )
        return identifier

    def xml(self) -> str:
        """What the controls are, for the beginning of the table; empty where there are none."""
        if not self._controls:
            return ""
        writer = XmlWriter()
        forms = {"form:automatic-focus": "false", "form:apply-design-mode": "false"}
        form = {"form:name": "Standard", "form:control-implementation": f"{_COMPONENT}Form"}
        with writer.element("office:forms", forms), writer.element("form:form", form):
            for element, attributes, address in self._controls:
                if address is None:
                    writer.empty(element, attributes)
                    continue
                with writer.element(element, attributes):
                    write_script(writer, "form:performaction", address)
        return writer.result()

    # -- kinds -------------------------------------------------------------------------------------------------

    def _cells(self, reference: str | None, *, one: bool) -> str | None:
        """The address of the cell or cells of this workbook that a control names."""
        sheet, cells = split_sheet(reference or "")
        area = read_area(cells)
        if area is None or "[" in sheet:
            return None
        address = area.address(sheet or self.sheet)
        return address.partition(":")[0] if one else address

    def _link(self, shape: VmlShape, place: Place) -> str | None:
        reference = shape.data.get("FmlaLink")
        found = self._cells(reference, one=True)
        if reference and found is None:
            self.log.report("FORM_CONTROL_APPROXIMATED", place, kind=f"{shape.kind} ({reference})")
        return found

    def check_box(self, shape: VmlShape, place: Place) -> tuple[str, Attributes]:
        state = _TRISTATE.get(shape.data.get("Checked", ""), "unchecked")
        return "form:checkbox", {
            "component": "CheckBox",
            "form:label": shape.text,
            "form:current-state": state,
            "form:is-tristate": "true" if state == "unknown" else None,
            "form:linked-cell": self._link(shape, place),
        }

    def radio(self, shape: VmlShape, place: Place) -> tuple[str, Attributes]:
        """An option button: its cell gets the number of the button in its group, as a text in ODF."""
        if "FirstButton" in shape.data or not self._radios:
            self._groups += 1
            self._radios, self._radio_link = 0, self._link(shape, place)
        self._radios += 1
        if self._radio_link is not None:
            self.log.report("FORM_CONTROL_APPROXIMATED", place, kind="Radio")
        return "form:radio", {
            "component": "RadioButton",
            "form:name": f"Group {self._groups}",
            "form:label": shape.text,
            "form:value": str(self._radios),
            "form:current-selected": "true" if shape.data.get("Checked") == "1" else "false",
            "form:linked-cell": self._radio_link,
        }

    def list_box(self, shape: VmlShape, place: Place) -> tuple[str, Attributes]:
        is_drop = shape.kind == "Drop"
        several = shape.data.get("SelType", "Single") != "Single"
        if several:
            self.log.report("FORM_CONTROL_APPROXIMATED", place, kind="List (several)")
        source = self._cells(shape.data.get("FmlaRange"), one=False)
        if source is None and shape.data.get("FmlaRange"):
            self.log.report(
                "FORM_CONTROL_APPROXIMATED", place, kind=f"{shape.kind} ({shape.data['FmlaRange']})"
            )
        return "form:listbox", {
            "component": "ListBox",
            "form:dropdown": "true" if is_drop else "false",
            "form:size": shape.data.get("DropLines") if is_drop else None,
            "form:multiple": "true" if several else None,
            "form:bound-column": "1",
            "form:linked-cell": self._link(shape, place),
            "form:list-linkage-type": "selection-indices",
            "loext:list-linkage-type": "selection-indexes",  # LibreOffice's word for it, in any namespace
            "form:source-cell-range": source,
        }

    def push_button(self, shape: VmlShape, _place: Place) -> tuple[str, Attributes]:
        return "form:button", {
            "component": "CommandButton",
            "form:label": shape.text,
            "form:button-type": "push",
        }

    def label(self, shape: VmlShape, _place: Place) -> tuple[str, Attributes]:
        return "form:fixed-text", {
            "component": "FixedText",
            "form:label": shape.text,
            "form:multi-line": "true",
        }

    def group_box(self, shape: VmlShape, _place: Place) -> tuple[str, Attributes]:
        return "form:frame", {"component": "GroupBox", "form:label": shape.text}

    def value_range(self, shape: VmlShape, place: Place) -> tuple[str, Attributes]:
        data = shape.data
        return "form:value-range", {
            "component": "SpinButton" if shape.kind == "Spin" else "ScrollBar",
            "form:value": _number(data.get("Val")),
            "form:min-value": _number(data.get("Min")),
            "form:max-value": _number(data.get("Max")),
            "form:step-size": _number(data.get("Inc")),
            "form:page-step-size": _number(data.get("Page")) if shape.kind == "Scroll" else None,
            "form:orientation": "horizontal" if "Horiz" in data else "vertical",
            "form:linked-cell": self._link(shape, place),
        }


def _number(text: str | None) -> str | None:
    number = read_int(text)
    return str(number) if number is not None else None


Handler = Callable[[FormControls, VmlShape, Place], tuple[str, Attributes]]
# 19.4.2.66, ObjectType
CONTROLS: dict[str, Handler] = {
    "Checkbox": FormControls.check_box,
    "Radio": FormControls.radio,
    "Drop": FormControls.list_box,
    "List": FormControls.list_box,
    "Button": FormControls.push_button,
    "Label": FormControls.label,
    "GBox": FormControls.group_box,
    "Scroll": FormControls.value_range,
    "Spin": FormControls.value_range,
}
# boxes of comments; pictures of embedded objects and ActiveX controls, carried or reported with their parts; drawn
# shapes, which the drawing part repeats
NO_CONTROLS = frozenset(("Note", "Pict", "Rect", "RectA", "Shape", "Group", "Oval", "Line", "LineA"))
