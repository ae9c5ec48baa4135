"""Totals of the graph of links, so that its questions are answered without reading it."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select

from inventory.tables import area_links, file_links, items, link_targets, pages, target_totals


def total_links(connection: Connection) -> None:
    """Make the totals of the stored graph anew: files by target, and links from area to area."""
    for total in (target_totals, area_links):
        connection.execute(delete(total))
    by_target = select(file_links.c.kind, file_links.c.target_id, func.count()).group_by(
        file_links.c.kind, file_links.c.target_id
    )
    connection.execute(target_totals.insert().from_select(["kind", "target_id", "files"], by_target))
    linking, linked = items.alias("linking"), items.alias("linked")
    from_page, to_page = pages.alias("from_page"), pages.alias("to_page")
    dimensions = (from_page.c.area_id, to_page.c.area_id, file_links.c.kind, link_targets.c.state)
    by_area = (
        select(*dimensions, func.count())
        .select_from(file_links)
        .join(linking, linking.c.id == file_links.c.item_id)
        .join(from_page, from_page.c.id == linking.c.page_id)
        .join(link_targets, link_targets.c.id == file_links.c.target_id)
        .outerjoin(linked, linked.c.id == link_targets.c.item_id)
        .outerjoin(to_page, to_page.c.id == linked.c.page_id)
        .group_by(*dimensions)
    )
    columns = ["area_id", "target_area_id", "kind", "state", "links"]
    connection.execute(area_links.insert().from_select(columns, by_area))
