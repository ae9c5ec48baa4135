"""``migrate duplicates``: which files are copies of others, and how much is left to convert once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection, Engine, select

from inventory.database import open_database
from inventory.duplicate_queries import (
    contents_by_kind,
    count_copies,
    count_hashed,
    files_with,
    largest_copies,
)
from inventory.duplicates import DuplicateProgress, find_duplicates
from inventory.pace import Pace, Window
from inventory.sources import source_by_name
from inventory.sources.archives import ArchiveSource
from inventory.summary import coverage
from inventory.tables import sources as source_table
from inventory.tenant.copies import count_cloud_copies, hash_like_drives
from migrate.cli.terminal import (
    answer,
    answer_options,
    language_of,
    policy_for,
    progress,
    say,
    suggest,
    write_table,
)
from migrate.locale import sentence, table
from migrate.policy import ScanPolicy, with_options
from migrate.sentences import grouped, shown
from migrate.tenant import SCHEME as TENANT


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--report", "only_report", is_flag=True, help="Open nothing: tell what is known already.")
@click.option(
    "--smallest", type=click.IntRange(1), default=1, help="Leave files of fewer bytes alone.", metavar="BYTES"
)
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="Lines of the list.")
@click.option("--reveal", is_flag=True, help="Name the files, which are only counted otherwise.")
@click.option("--files-per-second", type=click.IntRange(1), help="Read no faster.  [default: no limit]")
@click.option("--window", metavar="20:00-06:00", help="Work in these hours alone.  [default: all day]")
@answer_options
def command(
    sources: Sequence[str],
    only_report: bool,
    smallest: int,
    top: int,
    reveal: bool,
    files_per_second: int | None,
    window: str | None,
    db: str | None,
    as_json: bool,
    config: Path | None,
    lang: str | None,
) -> int:
    """Find files that hold the same content, in all sources that were scanned or in those named.

    Files are opened only where another has their size, and read whole only where their ends agree too.

    \b
    migrate duplicates
    migrate duplicates --smallest 1000000 --window 20:00-06:00
    migrate duplicates --report --reveal --json
    """
    policy = policy_for(config, db, lang)
    language = language_of(policy)
    settings = with_options(policy.scan, files_per_second=files_per_second, window=window)
    database = open_database(policy.database)
    try:
        unopened = 0
        if not only_report:
            unopened = _search(database, sources, smallest, settings, language, quiet=as_json)
        with database.connect() as connection:
            document = as_document(connection, top, unopened, reveal=reveal)
    finally:
        database.dispose()
    return answer(document, _say, language, as_json=as_json)


def _search(
    database: Engine,
    names: Sequence[str],
    smallest: int,
    settings: ScanPolicy,
    language: str,
    *,
    quiet: bool,
) -> int:
    with database.connect() as connection:
        known = list(connection.scalars(select(source_table.c.name).order_by(source_table.c.name)))
    for name in names:
        if name not in known:
            raise click.UsageError(f"{shown(name)} was not scanned into this database.")
    # a tenant tells its own hashes: nothing of it is fetched
    shares = [name for name in names or known if not name.startswith(TENANT)]
    by_name = {name: ArchiveSource(source_by_name(name)) for name in shares}
    pace = Pace(settings.files_per_second, Window.parse(settings.window) if settings.window else None)
    with progress(sentence("duplicates", "searching", language), quiet=quiet) as step:

        def told(state: DuplicateProgress) -> None:
            step(state.done, state.total)

        unopened = find_duplicates(by_name, database, smallest_bytes=smallest, pace=pace, progress=told)
    if len(shares) < len(known):
        hash_like_drives(by_name, database, smallest_bytes=smallest, pace=pace)
    return unopened


def as_document(connection: Connection, top: int, unopened: int, *, reveal: bool) -> dict[str, Any]:
    """Copies, the largest of them and unique contents by kind as one JSON document."""
    contents, files, spare = count_copies(connection)
    groups = []
    for found in largest_copies(connection, top):
        group: dict[str, Any] = {
            "files": found.files,
            "size_bytes": found.size_bytes,
            "spare_bytes": found.spare_bytes,
        }
        if reveal:
            group["sha256"] = found.sha256
            group["paths"] = [f"{item.source}/{item.path}" for item in files_with(connection, found.sha256)]
        groups.append(group)
    cloud = count_cloud_copies(connection)
    drives = {"drives": asdict(cloud)} if cloud else {}
    return drives | {
        "items": coverage(connection).items,
        "compared": count_hashed(connection),
        "contents_with_copies": contents,
        "files": files,
        "spare_bytes": spare,
        "unopened": unopened,
        "largest": groups,
        "documents": [
            {
                "kind": one.kind,
                "files": one.files,
                "bytes": one.bytes,
                "contents": one.contents,
                "content_bytes": one.content_bytes,
            }
            for one in contents_by_kind(connection)
        ],
    }


def _say(document: dict[str, Any], language: str) -> None:
    words = table("duplicates", language)

    def heads(*names: str) -> list[str]:
        return [str(words[f"head_{name}"]) for name in names]

    say(sentence("duplicates", "coverage", language, items=document["items"], compared=document["compared"]))
    say(
        sentence(
            "duplicates",
            "head",
            language,
            files=document["files"],
            contents=document["contents_with_copies"],
            megabytes=document["spare_bytes"] // 1_000_000,
        ),
        style="bold",
    )
    if document["unopened"]:
        say(sentence("duplicates", "unopened", language, files=document["unopened"]))
    if "drives" in document:
        told = {name: grouped(count) for name, count in document["drives"].items()}
        told |= {
            name: grouped(document["drives"][f"{name}_bytes"] // 1_000_000) for name in ("spare", "shared")
        }
        say(sentence("duplicates", "drives", language, **told))
    if document["largest"]:
        rows = [
            (grouped(group["files"]), grouped(group["size_bytes"]), grouped(group["spare_bytes"]))
            for group in document["largest"]
        ]
        write_table(heads("files", "size", "spare"), rows)
        for group in document["largest"]:
            for path in group.get("paths", ()):
                say(f"{group['sha256'][:12]}  {shown(path)}")
    if document["documents"]:
        say(sentence("duplicates", "documents", language), style="bold")
        rows = [
            (one["kind"], grouped(one["files"]), grouped(one["contents"])) for one in document["documents"]
        ]
        write_table(heads("kind", "files", "contents"), rows)
    suggest("duplicates", language)
