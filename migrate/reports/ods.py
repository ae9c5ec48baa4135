"""The report as a spreadsheet with live formulas: a price or rate that is changed moves the likely figures.

Ranges are values of the draws: they, and every figure that no formula follows, say that they are out of date as soon as
an input cell differs from the plan's. Only input cells are unprotected; the protection has no password.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from odf import number
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableCellProperties, TableColumnProperties, TextProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P

from migrate.planner.inputs import UNASSIGNED
from migrate.planner.trace import choices, figures_by_id, rows_of_all
from migrate.reports.live import CASH, FIGURE, INPUT, LiveFigures
from migrate.reports.model import Report, build_report
from migrate.reports.names import origin_text, outlook_text, rule_name
from migrate.reports.uncertainty import RANGES
from migrate.reports.words import Words

_FIRST = 5  # rows of a sheet with a title and headings before the first one of data
_PERCENTILES = ("p10", "p50", "p90")
# figure -> column of the sheet of departments
_BY_DEPARTMENT = {
    "seats": "seats",
    "one_off": "costs.one_off",
    "support": "costs.support_yearly",
    "saving": "licences.saving_full_year.{label}",
}
# a kind of the helper sheet -> the name that the report has for it, where that is another
_KINDS = {"saved": "saving"}


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands in a cell: a number, date or text, or a formula with the value that it has now."""

    value: float | int | date | str = ""
    formula: str = ""
    style: str = ""


def render(plan: Mapping[str, Any], words: Words) -> bytes:
    """The file of a plan's JSON form."""
    return _Workbook(plan, words).write()


class _Workbook:
    def __init__(self, plan: Mapping[str, Any], words: Words) -> None:
        self.plan, self.words = plan, words
        self.report: Report = build_report(plan)
        self.live = LiveFigures(plan)
        self.figures = figures_by_id(plan)
        self.departments = {row["id"]: row["name"] for row in plan["departments"]}
        self.sheets = {
            name: words.t(f"ods.sheet.{name}") for name in ("decision", "inputs", "figures", "cash")
        }
        self.rows = {
            row["id"]: row for name in ("prices", "assumptions", "rules") for row in plan["inputs"][name]
        }
        inputs = [id for id in self.live.inputs if id in self.rows]
        self.inputs = sorted(inputs, key=list(self.rows).index)
        self.place = {id: f"C{_FIRST + number}" for number, id in enumerate(self.inputs)}
        self.exact = {id: f"H{_FIRST + number}" for number, id in enumerate(self.figures)}
        self.cash = {key: _FIRST + number for number, key in enumerate(self.live.cash)}
        moved = rows_of_all(self.figures, choices(plan))
        live = set(self.inputs)
        self.moved = {id for id, rows in moved.items() if not live.isdisjoint(rows)}
        self.document = OpenDocumentSpreadsheet()
        self._add_styles()

    def write(self) -> bytes:
        for name, rows, widths in (
            ("decision", self._decision(), (9, 4, 4, 4, 4, 4, 4)),
            ("inputs", self._inputs(), (9, 5, 3.2, 3.2, 3.2, 2.6, 9)),
            ("figures", self._figures(), (10, 3, 2.4, 3.4, 3.4, 3.4, 3.4, 3.4)),
            ("cash", self._cash(), (5, 5, *[3.2] * len(self.live.years))),
        ):
            self._add_sheet(name, rows, widths)
        stream = io.BytesIO()
        self.document.write(stream)
        return stream.getvalue()

    # sheets

    def _decision(self) -> Iterable[Sequence[_Cell]]:
        words, report = self.words, self.report
        yield [_Cell(words.t("title"), style="title")]
        yield [self._guarded(outlook_text(report, words), "strong")]
        yield [self._status()]
        yield []
        yield self._heads("what", "likely", *_PERCENTILES)
        for row in report.uncertainty.ranges:
            id = RANGES[row.name]
            name = words.t(f"range.{row.name}", months=report.horizon_months)
            yield [_Cell(name, style="strong"), self._likely(id), *self._percentiles(id)]
        yield [_Cell(self._draws(), style="note")]
        yield []
        yield [_Cell(words.t("departments.heading"), style="title")]
        yield self._heads("department", "seats", "one_off", "support", "saving", "from", "status")
        for department in report.departments:
            label = "contracted" if department.label == "contracted" else "forecast"
            cells = [
                self._likely(f"departments.{department.id}.{ending.format(label=label)}")
                for ending in _BY_DEPARTMENT.values()
            ]
            saves = (
                department.saves_from if department.saving_forecast or department.saving_contracted else None
            )
            yield [
                _Cell(self._department(department.id), style="strong"),
                *cells,
                _Cell(saves, style="date") if saves else _Cell("–"),
                _Cell(words.t(f"label.{label}") if saves else "–"),
            ]
        for label in ("forecast", "contracted"):
            yield [
                _Cell(f"{words.t('total')} ({words.t(f'label.{label}')})", style="strong"),
                *(self._likely(f"totals.{ending.format(label=label)}") for ending in _BY_DEPARTMENT.values()),
            ]
        yield []
        yield [_Cell(words.t("years.heading"), style="title")]
        yield self._heads("year", "stay", "licences", "one_off", "support", "migrate", "difference")
        parts = ("stay", "migrate.licences", "migrate.one_off", "migrate.support", "migrate", "difference")
        for year in self.plan["scenarios"]["years"]:
            yield [_Cell(year), *(self._likely(f"scenarios.years.{year}.{part}") for part in parts)]
        yield [_Cell(words.t("years.note"), style="note")]

    def _inputs(self) -> Iterable[Sequence[_Cell]]:
        words = self.words
        yield [_Cell(words.t("ods.sheet.inputs"), style="title")]
        yield [self._status()]
        yield [_Cell(words.t("ods.inputs_note"), style="note")]
        yield self._heads("what", "unit", "now", "plan", "changed", "as_of", "source")
        for id, place in self.place.items():
            row, frozen = self.rows[id], self._frozen(id)
            name, unit = self._input_name(id)
            changed = f'IF([.{place}]=[.D{place[1:]}];"";"{words.t("ods.changed")}")'
            yield [
                _Cell(name),
                _Cell(unit),
                _Cell(frozen, style="input"),
                _Cell(frozen),
                _Cell("", changed),
                _Cell(date.fromisoformat(row["as_of"]), style="date"),
                _Cell(origin_text(row["source"], words)),
            ]

    def _figures(self) -> Iterable[Sequence[_Cell]]:
        words = self.words
        yield [_Cell(words.t("ods.sheet.figures"), style="title")]
        yield [self._status()]
        yield [_Cell(f"{self._draws()} {words.t('ods.figures_note')}", style="note")]
        yield self._heads("id", "label", "unit", "likely", *_PERCENTILES, "exact")
        for id, figure in self.figures.items():
            money = figure["unit"] == "cents"
            yield [
                _Cell(id),
                _Cell(words.t(f"label.{figure['label']}")),
                _Cell(self.plan["currency"] if money else words.t(f"ods.unit.{figure['unit']}")),
                self._likely(id),
                *self._percentiles(id),
                self._exact(id),
            ]

    def _cash(self) -> Iterable[Sequence[_Cell]]:
        yield [_Cell(self.words.t("ods.sheet.cash"), style="title")]
        yield [self._status()]
        yield [_Cell(self.words.t("ods.cash_note"), style="note")]
        yield [*self._heads("department", "kind"), *(_Cell(year, style="head") for year in self.live.years)]
        for (department, kind), by_year in self.live.cash.items():
            cells = (_Cell(0, self._formula(by_year.get(year, "0"))) for year in self.live.years)
            yield [
                _Cell(self._department(department)),
                _Cell(self.words.t(f"cash.{_KINDS.get(kind, kind)}")),
                *cells,
            ]

    # cells

    def _department(self, id: str) -> str:
        return self.words.t("unassigned") if id == UNASSIGNED else self.departments[id]

    def _heads(self, *codes: str) -> list[_Cell]:
        return [_Cell(self.words.t(f"column.{code}"), style="head") for code in codes]

    def _draws(self) -> str:
        section = self.plan["uncertainty"]
        return self.words.t(
            "ods.draws",
            draws=section["draws"],
            seed=section["seed"],
            day=date.fromisoformat(self.plan["as_of"]),
        )

    def _stale(self) -> str:
        return self.words.t("ods.out_of_date")

    def _changes(self) -> str:
        """How many input cells differ from the plan's; a text where a number was is a difference."""
        if not self.place:
            return "0"
        sheet, last = self._sheet("inputs"), _FIRST + len(self.place) - 1
        return f"SUMPRODUCT([{sheet}.$C${_FIRST}:.$C${last}]<>[{sheet}.$D${_FIRST}:.$D${last}])"

    def _status(self) -> _Cell:
        current = self.words.t("ods.current")
        return _Cell(current, f'IF({self._changes()}=0;"{current}";"{self._stale()}")', "strong")

    def _guarded(self, value: float | str, style: str = "") -> _Cell:
        """A value of the plan, as long as no input cell was changed."""
        shown = '"' + value.replace('"', '""') + '"' if isinstance(value, str) else repr(value)
        return _Cell(value, f'IF({self._flag()}=0;{shown};"{self._stale()}")', style)

    def _flag(self) -> str:
        return f"[{self._sheet('inputs')}.$H$1]"

    def _exact(self, id: str) -> _Cell:
        value = self.figures[id]["likely"]
        if formula := self.live.formulas.get(id):
            return _Cell(value, self._formula(formula), "whole")
        return self._guarded(value, "whole") if id in self.moved else _Cell(value, style="whole")

    def _likely(self, id: str) -> _Cell:
        if id not in self.figures:
            return _Cell("–")
        figure, place = self.figures[id], f"[{self._sheet('figures')}.{self.exact[id]}]"
        value, style = self._shown(figure, "likely")
        divided = f"{place}/100" if figure["unit"] == "cents" else place
        return _Cell(value, f"IF(ISNUMBER({place});{divided};{place})", style)

    def _percentiles(self, id: str) -> list[_Cell]:
        figure = self.figures[id]
        found = []
        for end in _PERCENTILES:
            if end not in figure:
                found.append(_Cell())
                continue
            value, style = self._shown(figure, end)
            found.append(self._guarded(value, style) if id in self.moved else _Cell(value, style=style))
        return found

    def _shown(self, figure: Mapping[str, Any], end: str) -> tuple[float | int, str]:
        if figure["unit"] == "cents":
            return figure[end] / 100, "money"
        return figure[end], "whole"

    def _frozen(self, id: str) -> float:
        row = self.rows[id]
        return float(Fraction(row["monthly_cents"], 100)) if "monthly_cents" in row else float(row["likely"])

    def _input_name(self, id: str) -> tuple[str, str]:
        words, row = self.words, self.rows[id]
        if "monthly_cents" in row:
            contract = f" ({row['contract']})" if row["contract"] else ""
            return f"{row['name']}{contract}", f"{self.plan['currency']}, {words.t('column.price')}"
        unit = words.t(f"unit.{row['unit']}", currency=self.plan["currency"])
        if "who" in row:
            return rule_name(row["code"], words), unit
        return words.t(f"assumption.{row['code']}"), unit

    # formulas

    def _sheet(self, name: str) -> str:
        return f"$'{self.sheets[name]}'"

    def _formula(self, text: str) -> str:
        """Tokens as addresses."""
        text = CASH.sub(lambda found: self._cash_sum(*found.groups()), text)
        text = INPUT.sub(lambda found: f"[{self._sheet('inputs')}.{self._input(found[1])}]", text)
        return FIGURE.sub(lambda found: f"[{self._sheet('figures')}.{self.exact[found[1]]}]", text)

    def _input(self, id: str) -> str:
        place = self.place[id]
        return f"${place[0]}${place[1:]}"

    def _cash_sum(self, kind: str, year: str) -> str:
        column = _column(2 + self.live.years.index(year))
        places = [
            f"[{self._sheet('cash')}.{column}{number}]"
            for (_id, own), number in self.cash.items()
            if own == kind
        ]
        return f"({'+'.join(places) or '0'})"

    # the file

    def _add_styles(self) -> None:
        properties: dict[str, list[Any]] = {
            "": [],
            "title": [TextProperties(fontsize="14pt", fontweight="bold")],
            "strong": [TextProperties(fontweight="bold")],
            "head": [
                TextProperties(fontweight="bold"),
                TableCellProperties(borderbottom="0.06pt solid #1b2733"),
            ],
            "note": [TextProperties(color="#51606e")],
            "input": [
                TableCellProperties(
                    backgroundcolor="#fdf3df", cellprotect="none", border="0.06pt solid #7a4b00"
                )
            ],
        }
        self.styles: dict[str, Any] = {}
        for name, own in properties.items():
            style = Style(name=f"cell-{name or 'plain'}", family="table-cell")
            for each in own:
                style.addElement(each)
            self.document.automaticstyles.addElement(style)
            self.styles[name] = style
        for name, form in _number_styles().items():
            self.document.automaticstyles.addElement(form)
            style = Style(name=f"cell-{name}", family="table-cell", datastylename=form)
            self.document.automaticstyles.addElement(style)
            self.styles[name] = style

    def _add_sheet(self, name: str, rows: Iterable[Sequence[_Cell]], widths: Sequence[float]) -> None:
        table = Table(name=self.sheets[name], protected="true")
        for index, width in enumerate(widths):
            style = Style(name=f"{name}-{index}", family="table-column")
            style.addElement(TableColumnProperties(columnwidth=f"{width}cm"))
            self.document.automaticstyles.addElement(style)
            table.addElement(TableColumn(stylename=style))
        for index, cells in enumerate(rows):
            row = TableRow()
            for cell in cells:
                row.addElement(self._written(cell))
            if name == "inputs" and index == 0:  # how many inputs were changed, for all that must know
                for _each in range(7 - len(cells)):
                    row.addElement(TableCell())
                row.addElement(self._written(_Cell(0, self._changes(), "note")))
            if not cells:
                row.addElement(TableCell())
            table.addElement(row)
        self.document.spreadsheet.addElement(table)

    def _written(self, cell: _Cell) -> TableCell:
        attributes: dict[str, Any] = {"stylename": self.styles[cell.style]}
        if cell.formula:
            attributes["formula"] = f"of:={cell.formula}"
        match cell.value:
            case date():
                attributes |= {"valuetype": "date", "datevalue": cell.value.isoformat()}
            case int() | float():
                attributes |= {"valuetype": "float", "value": repr(cell.value)}
            case str() if cell.value or cell.formula:
                attributes["valuetype"] = "string"
        written = TableCell(**attributes)
        if isinstance(cell.value, str) and cell.value:
            written.addElement(P(text=cell.value))
        return written


def _number_styles() -> dict[str, Any]:
    """Money to the cent, whole numbers, and days, in the forms of the reader's own settings."""
    money = number.NumberStyle(name="form-money")
    money.addElement(number.Number(decimalplaces=2, minintegerdigits=1, grouping="true"))
    whole = number.NumberStyle(name="form-whole")
    whole.addElement(number.Number(decimalplaces=0, minintegerdigits=1, grouping="true"))
    day = number.DateStyle(name="form-date")
    for index, part in enumerate(
        (number.Year(style="long"), number.Month(style="long"), number.Day(style="long"))
    ):
        if index:
            day.addElement(number.Text(text="-"))
        day.addElement(part)
    return {"money": money, "whole": whole, "date": day}


def _column(index: int) -> str:
    """Letters of a column, counted from zero."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
