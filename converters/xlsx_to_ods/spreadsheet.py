"""The order of a conversion: styles, frames of all sheets, then sheet by sheet the columns and streamed rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import floor

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.metadata import odf_meta
from converters.odf.document import OdfDocument
from converters.odf.package import OdfPackage
from converters.odf.properties import GraphicProperties, TableProperties
from converters.odf.stylesheet import DefaultStyle, Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.metadata import read_metadata
from converters.ooxml.package import Package
from converters.ooxml.theme import read_theme
from converters.options import Options
from converters.units import read_on_off
from converters.xlsx_to_ods.anchors import SheetGrid
from converters.xlsx_to_ods.cell_formulas import CellFormulas
from converters.xlsx_to_ods.columns import ColumnRun, column_style, read_columns, write_columns
from converters.xlsx_to_ods.comments import add_comments
from converters.xlsx_to_ods.conditional_formats import write_conditional_formats
from converters.xlsx_to_ods.data_validations import Validations
from converters.xlsx_to_ods.defined_names import carried_names, print_areas, print_titles, write_names
from converters.xlsx_to_ods.drawings import SheetDrawing
from converters.xlsx_to_ods.external_links import read_external_books, write_external_tables
from converters.xlsx_to_ods.fonts import run_font
from converters.xlsx_to_ods.form_controls import FormControls
from converters.xlsx_to_ods.formulas import FormulaContext
from converters.xlsx_to_ods.hyperlinks import CellLink, add_hyperlinks, report_links_without_text
from converters.xlsx_to_ods.merge_borders import corner_styles
from converters.xlsx_to_ods.page_setup import add_master_page
from converters.xlsx_to_ods.part_stream import skim_sheet
from converters.xlsx_to_ods.parts import report_parts
from converters.xlsx_to_ods.pivot_pilots import Pilot, pivot_cells, read_pivot_tables
from converters.xlsx_to_ods.pivot_tables import write_pivot_tables
from converters.xlsx_to_ods.protection import (
    protection_attributes,
    structure_protection,
    write_permissions,
)
from converters.xlsx_to_ods.references import read_area
from converters.xlsx_to_ods.regions import RowRegions
from converters.xlsx_to_ods.row_growth import RowGrowth
from converters.xlsx_to_ods.row_layout import CellExtra, RowLayout
from converters.xlsx_to_ods.row_structure import RowStructure
from converters.xlsx_to_ods.row_styles import RowStyles
from converters.xlsx_to_ods.rows import RowReader
from converters.xlsx_to_ods.shared_strings import read_shared_strings
from converters.xlsx_to_ods.sheet import SheetFrame, read_sheet
from converters.xlsx_to_ods.sheet_objects import add_embedded_objects
from converters.xlsx_to_ods.sparklines import write_sparklines
from converters.xlsx_to_ods.string_table import StringTable
from converters.xlsx_to_ods.styles import CellFormats
from converters.xlsx_to_ods.table_bands import TableBands
from converters.xlsx_to_ods.tables import (
    banded_tables,
    plan_database_ranges,
    read_tables,
    write_database_ranges,
)
from converters.xlsx_to_ods.text_heights import single_line_twips
from converters.xlsx_to_ods.values import EPOCH_1900, EPOCH_1904
from converters.xlsx_to_ods.views import plan_settings
from converters.xlsx_to_ods.vml_shapes import read_vml_shapes
from converters.xlsx_to_ods.workbook import EXCEL, Sheet, read_workbook

Runs = list[tuple[str, Mapping[str, str]]]


class SpreadsheetConversion:
    """One conversion; ``run`` writes all parts of the target."""

    def __init__(self, package: Package, odf: OdfPackage, options: Options, log: LossLog) -> None:
        self.package = package
        self.log = log
        self.options = options
        self.document = OdfDocument(odf, "spreadsheet")
        # without a default for shapes LibreOffice takes those of its first versions, and measures wrapped cells narrower
        # than it draws them: rows that it fits would cut their last line
        self.document.default_styles.append(
            DefaultStyle("graphic", (GraphicProperties(wrap_option="no-wrap"),))
        )
        self.workbook = read_workbook(package, log)
        part = self.workbook.part
        self.theme = read_theme(package, package.related_part(part, "theme"))
        self.formats = CellFormats(
            package, package.related_part(part, "styles"), self.theme, self.document, log
        )
        self.metadata = read_metadata(package)
        self.objects: frozenset[str] = frozenset()  # parts of embedded objects that sheets name
        self.identifiers: Counter[str] = Counter()

    def run(self) -> None:
        log, document, workbook = self.log, self.document, self.workbook
        document.meta = odf_meta(self.metadata, self.options.provenance)
        strings = read_shared_strings(
            self.package,
            self.package.related_part(workbook.part, "sharedStrings"),
            self._run_style,
            log,
        )
        frames = [self._frame(sheet) for sheet in workbook.sheets]
        tables = [item for frame in frames for item in read_tables(self.package, frame, log)]
        books = read_external_books(self.package, workbook.part, workbook.external, log)
        context = FormulaContext(
            tuple(sheet.name for sheet in workbook.sheets),
            {item.table.name.lower(): item.table for item in tables},
            libreoffice=self.options.libreoffice,
            external=books,
            macros=self.options.scripts.functions,
        )
        context.names = carried_names(workbook, context)
        pilots = read_pivot_tables(self.package, workbook, frames, context.tables, log)
        validations = Validations(frames, context, log)
        writer = document.body
        self._write_calculation_settings(writer)
        validations.write(writer)
        for index, (sheet, frame) in enumerate(zip(workbook.sheets, frames, strict=True)):
            own = [pilot for pilot in pilots if pilot.sheet == frame.name]
            on_sheet = [item for item in tables if item.table.sheet == frame.name]
            bands = TableBands(banded_tables(on_sheet, self.formats, log))
            self._write_sheet(writer, index, sheet, frame, strings, context, validations, own, bands)
        if not frames:
            self._write_empty_sheet(writer)
        write_external_tables(writer, document, books)
        write_names(writer, workbook, None, context, log)
        write_database_ranges(writer, plan_database_ranges(workbook, frames, tables), log)
        write_pivot_tables(writer, pilots)
        document.settings = plan_settings(workbook, frames)
        for book in filter(None, books):
            log.report("EXTERNAL_LINK_KEPT", Place("part", part=book.part), target=book.target)
        document.body_attributes |= structure_protection(workbook, log)
        sheets = {sheet.part: sheet.name for sheet in workbook.sheets if sheet.part}
        kept = self.objects | {pilot.part for pilot in pilots} | {book.part for book in books if book}
        report_parts(self.package, workbook.part, sheets, log, kept)
        document.save()

    def _run_style(self, properties: Runs) -> str:
        text = run_font(self.formats.font(properties))
        return self.document.automatic.name_for(Style("text", (text,)))

    def _master_run_style(self, properties: Runs) -> str:
        text = self.formats.font(properties)
        return self.document.master_automatic.name_for(Style("text", (text,)))

    def _frame(self, sheet: Sheet) -> SheetFrame:
        if sheet.part is None or sheet.kind not in ("worksheet", "chartsheet"):
            return SheetFrame(sheet.name, "")
        try:
            return read_sheet(skim_sheet(self.package, sheet.part), sheet.name, sheet.part, self.log)
        except Refused as error:
            if error.code not in ("DAMAGED_XML", "LIMIT_DEPTH"):
                raise
            place = Place("sheet", container=sheet.name, part=sheet.part)
            self.log.report("PART_DAMAGED", place, detail=str(error))
            return SheetFrame(sheet.name, "")

    @property
    def _are_heights_in_pixels(self) -> bool:
        """Whether rows are shown in whole pixels: those of Excel, but not those of Strict files, as LibreOffice has it."""
        return self.workbook.application == EXCEL and not self.workbook.is_strict

    # -- sheets ------------------------------------------------------------------------------------------------

    def _write_sheet(
        self,
        writer: XmlWriter,
        index: int,
        sheet: Sheet,
        frame: SheetFrame,
        strings: StringTable,
        context: FormulaContext,
        validations: Validations,
        pilots: list[Pilot],
        bands: TableBands,
    ) -> None:
        log = self.log
        extras: dict[int, dict[int, CellExtra]] = {}
        self._add_merges(frame, extras)
        for pilot in pilots:
            pivot_cells(pilot, self.formats, extras)
        columns = read_columns(frame, self.formats)
        forms = ""
        links: list[CellLink] = []
        if frame.part:
            links = add_hyperlinks(self.package, frame, extras, log)
            add_comments(self.package, frame, self.workbook.part, extras, log)
            sheets = frozenset(context.sheets)
            grid = SheetGrid(self.package, frame, columns)
            scripts = self.options.scripts
            drawing = SheetDrawing(self.package, self.document, self.theme, frame, grid, sheets, log, scripts)
            drawing.add(extras)
            shapes = read_vml_shapes(self.package, frame.part)
            self.objects |= add_embedded_objects(
                self.package, self.document, frame, shapes, grid, extras, log
            )
            controls = FormControls(frame.name, grid, self.identifiers, log, scripts)
            controls.add(shapes, extras)
            forms = controls.xml()
        header_rows, header_columns = print_titles(self.workbook, index)
        with writer.element("table:table", self._table_attributes(index, sheet, frame)):
            write_permissions(writer, frame)
            writer.raw(forms)
            write_columns(writer, self.document, self.formats, columns, header_columns, frame.column_breaks)
            writer.raw("")
            self._write_rows(
                writer,
                frame,
                strings,
                context,
                extras,
                RowRegions(frame.merges, validations.areas(frame.name)),
                header_rows,
                columns,
                bands,
            )
            report_links_without_text(links, log)
            write_names(writer, self.workbook, index, context, log)
            write_conditional_formats(writer, frame, self.formats, context, log)
            write_sparklines(writer, frame, self.formats.palette, log)

    def _add_merges(self, frame: SheetFrame, extras: dict[int, dict[int, CellExtra]]) -> None:
        corners = corner_styles(self.package, frame.part, frame.merges) if frame.merges else {}
        for merge in frame.merges:
            extra = extras.setdefault(merge.first_row, {}).setdefault(merge.first_column, CellExtra())
            extra.attributes = (
                f' table:number-columns-spanned="{merge.columns}" table:number-rows-spanned="{merge.rows}"'
            )
            first = corners.get((merge.first_row, merge.first_column), 0)
            last = corners.get((merge.last_row, merge.last_column))
            if last is not None and last != first:
                extra.style = self.formats.merged_style(first, last)

    def _write_rows(
        self,
        writer: XmlWriter,
        frame: SheetFrame,
        strings: StringTable,
        context: FormulaContext,
        extras: dict[int, dict[int, CellExtra]],
        regions: RowRegions,
        header_rows: tuple[int, int] | None,
        columns: list[ColumnRun],
        bands: TableBands,
    ) -> None:
        filtered = read_area(frame.autofilter.get("ref", "")) if frame.autofilter is not None else None
        breaks = frozenset(row + 1 for row in frame.row_breaks)
        structure = RowStructure(header_rows, breaks, filtered, frame.rows_hidden)
        row_styles = RowStyles(
            self.document,
            frame,
            in_pixels=self._are_heights_in_pixels,
            least_twips=single_line_twips(self.formats.default_font_points),
        )
        layout = RowLayout(
            writer,
            regions,
            extras,
            structure,
            row_styles.name_for,
            any(run.style for run in columns),
            [item.style for item in self.formats.cells],
            bands,
            lambda style, column, overlay: self.formats.overlaid(
                style or column_style(columns, self.formats, column), overlay
            ),
        )
        if frame.part:
            epoch = EPOCH_1904 if self.workbook.date_1904 else EPOCH_1900
            reader = RowReader(
                self.formats.cells,
                strings,
                self._run_style,
                self.workbook,
                epoch,
                CellFormulas(context, frame.name, self.log),
                layout,
                frame.name,
                self.log,
                RowGrowth(
                    self.formats.tall(floor(row_styles.default_points * 20)),
                    self.formats.wrapping(),
                    columns,
                ),
            )
            try:
                reader.read(self.package, frame.part)
            except Refused as error:
                if error.code != "DAMAGED_XML":
                    raise
                self.log.report("PART_DAMAGED", Place("sheet", container=frame.name), detail=str(error))
        layout.finish()

    def _table_attributes(self, index: int, sheet: Sheet, frame: SheetFrame) -> dict[str, str | None]:
        areas = print_areas(self.workbook, index)
        properties = TableProperties(
            display="true" if sheet.state == "visible" else "false",
            writing_mode="rl-tb" if _right_to_left(frame.view) else "lr-tb",
            tab_color=self.formats.palette.read(frame.tab_color.attrib)
            if frame.tab_color is not None
            else None,
        )
        master = add_master_page(
            self.document, frame, self.formats.default_font_points, self._master_run_style, self.log
        )
        style = self.document.automatic.name_for(Style("table", (properties,), master_page=master))
        return {
            "table:name": sheet.name,
            "table:style-name": style,
            "table:print-ranges": " ".join(area.address(sheet.name) for area in areas) or None,
            **protection_attributes(frame, self.log),
        }

    def _write_empty_sheet(self, writer: XmlWriter) -> None:
        with writer.element("table:table", {"table:name": "Sheet1"}):
            writer.empty("table:table-column")
            with writer.element("table:table-row"):
                writer.empty("table:table-cell")

    def _write_calculation_settings(self, writer: XmlWriter) -> None:
        """How Excel calculates: whole cells and wildcards in criteria, its date system, its iteration (18.2.2)."""
        workbook = self.workbook
        attributes = {
            "table:case-sensitive": "false",
            "table:automatic-find-labels": "false",
            "table:use-regular-expressions": "false",
            "table:use-wildcards": "true",
            "table:precision-as-shown": None if workbook.full_precision else "true",
        }
        with writer.element("table:calculation-settings", attributes):
            if workbook.date_1904:
                writer.empty("table:null-date", {"table:date-value": "1904-01-01"})
            writer.empty(
                "table:iteration",
                {
                    "table:status": "enable" if workbook.iterate else None,
                    "table:steps": str(workbook.iterate_count) if workbook.iterate else None,
                    "table:maximum-difference": workbook.iterate_delta,
                },
            )


def _right_to_left(view: etree._Element | None) -> bool:
    return view is not None and read_on_off(view.get("rightToLeft"), False)
