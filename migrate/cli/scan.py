"""``migrate scan``: what exists, what is in it, what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine

from converters.outcome import EXIT_OK
from inventory.database import open_database
from inventory.errors import InventoryError
from inventory.finding_counts import count_findings, count_kinds
from inventory.frontier import interrupted_sources
from inventory.inspecting import Deep, WorkerInspector
from inventory.locations import read_locations
from inventory.pace import Pace, Window
from inventory.persons import People, Persons, people_of
from inventory.records import Coverage
from inventory.scan import Progress, note_scan, scan
from inventory.source import Owners, Source
from inventory.sources import source_by_name
from inventory.sources.archives import ArchiveSource
from migrate.cli.tenant import tell_device
from migrate.cli.terminal import (
    Step,
    answer_options,
    cores,
    language_of,
    policy_for,
    progress,
    say,
    say_counts,
    write_json,
)
from migrate.locale import sentence
from migrate.policy import ScanPolicy, TenantPolicy, with_options
from migrate.sentences import reason_sentence
from migrate.tenant import SCHEME as TENANT
from migrate.tenant_scan import ReadTenant, contents_line, coverage_lines, read_tenant, spent_line


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option(
    "--resume", is_flag=True, help="Go on with the scan that was interrupted last; it names its sources."
)
@click.option(
    "--inspect/--no-inspect", default=None, help="Look into the files, or list them only.  [default: inspect]"
)
@click.option(
    "--deep",
    type=click.Choice([str(which) for which in Deep]),
    help="Documents read as a whole after the first look.  [default: asked, those that hold macros, data connections and "
    "the like]",
)
@click.option("--jobs", type=click.IntRange(1), help="Files looked into at once.  [default: cores]")
@click.option("--skip", multiple=True, metavar="PATTERN", help="Do not enter folders of this name or path.")
@click.option(
    "--locations", metavar="FILE", help="Table of what drives in links stand for: CSV with prefix, location."
)
@click.option("--archives/--no-archives", default=None, help="List inside zip and tar files.  [default: no]")
@click.option(
    "--files-per-second", type=click.IntRange(1), help="List and read no faster.  [default: no limit]"
)
@click.option("--window", metavar="20:00-06:00", help="Work in these hours alone.  [default: all day]")
@click.option(
    "--persons",
    type=click.Choice([str(way) for way in Persons]),
    help="How people are stored: by name, by pseudonyms that a key beside the database makes, or not at all.",
)
@click.option(
    "--owners",
    type=click.Choice([str(way) for way in Owners]),
    help="Whose files on Windows shares are, asked of folders or, at a request a file, of files.  [default: folders]",
)
@click.option("--no-persons", is_flag=True, help="The same as --persons pseudonymous.")
@answer_options
def command(
    sources: Sequence[str],
    resume: bool,
    inspect: bool | None,
    deep: str | None,
    jobs: int | None,
    skip: tuple[str, ...],
    archives: bool | None,
    files_per_second: int | None,
    window: str | None,
    persons: str | None,
    no_persons: bool,
    owners: str | None,
    locations: str | None,
    db: str | None,
    as_json: bool,
    config: Path | None,
    lang: str | None,
) -> int:
    """List what is on shares and folders and look into every Office file. Nothing is changed.

    \b
    migrate scan ./share
    migrate scan /srv/finance /srv/hr --db postgresql://host/migration
    migrate scan ./share --deep all
    migrate scan ./share --no-inspect --json > listing.json
    migrate scan smb://ann@server/finance --window 20:00-06:00
    migrate scan ./share --no-persons
    migrate scan m365:contoso.onmicrosoft.com
    migrate scan --resume

    The first look reads what surrounds the text of a document, in a few milliseconds. Documents that ask for more are read as
    a whole afterwards; --deep all reads all, which foresees losses exactly and takes thirty times as long.

    A share is scanned directly by smb://user@server/share/folder, with the password in MIGRATE_SMB_PASSWORD;
    a Microsoft 365 tenant by m365:TENANT, after the steps of migrate tenant setup-help. A scan that is interrupted goes on when the same command is given again; files that did not change are not read
    again.
    """
    policy = policy_for(config, db, lang)
    settings = with_options(
        policy.scan,
        jobs=jobs,
        inspect=inspect,
        deep=deep,
        skip=skip or None,
        archives=archives,
        files_per_second=files_per_second,
        window=window,
        owners=owners,
        locations=locations,
        persons=persons or (Persons.PSEUDONYMOUS.value if no_persons else None),
    )
    language = language_of(policy)
    if bool(sources) == resume:
        raise click.UsageError("Name the sources to scan, or give --resume alone.")
    database = open_database(policy.database)
    try:
        if resume:
            with database.connect() as connection:
                sources = interrupted_sources(connection)
            if not sources:
                raise InventoryError("NOTHING_TO_RESUME", database=policy.database)
        documents: dict[str, Any] = {}
        coverage = scan_sources(
            sources,
            database,
            settings,
            language,
            quiet=as_json,
            tenant=policy.tenant,
            tenants=documents,
        )
        if as_json:
            tenants = {"tenants": documents} if documents else {}
            write_json(as_document(coverage, database) | tenants)
        else:
            _summarise(coverage, database, language)
            _summarise_tenants(documents, database, policy.tenant, language)
    finally:
        database.dispose()
    return EXIT_OK


def scan_sources(
    names: Sequence[str],
    database: Engine,
    settings: ScanPolicy,
    language: str,
    *,
    quiet: bool = False,
    tenant: TenantPolicy | None = None,
    tenants: dict[str, Any] | None = None,
) -> Coverage:
    """Scan the named sources into the database, with progress on a terminal; ``tenants`` is given what each tenant told."""
    if settings.owners is Owners.FILES and not quiet:
        say(sentence("batch", "owners_cost", language))
    shares = [name for name in names if not name.startswith(TENANT)]
    opened = [source_by_name(name, settings.skip, settings.owners) for name in shares]
    sources: list[Source] = [ArchiveSource(source) for source in opened] if settings.archives else opened
    people = people_of(database, Persons(settings.persons) if settings.persons else None)
    locations = read_locations(Path(settings.locations)) if settings.locations else None
    pace = Pace(settings.files_per_second, Window.parse(settings.window) if settings.window else None)
    jobs = settings.jobs or cores()
    if len(shares) < len(names):
        note_scan(database, names, people)  # what is interrupted while a tenant is read can be resumed, too
    for name in names:
        if name.startswith(TENANT):
            found = _read_tenant(name, database, settings, tenant or TenantPolicy(), people, language, quiet)
            sources = [*sources, found.source]
            if tenants is not None:
                tenants[name] = found.document
    with ExitStack() as stack:
        step = stack.enter_context(progress(sentence("batch", "scanning", language), quiet=quiet))
        inspector = stack.enter_context(WorkerInspector(jobs, settings.deep)) if settings.inspect else None

        def told(state: Progress) -> None:
            step(state.done, state.total)

        coverage = scan(
            sources,
            database,
            inspect=inspector,
            progress=told,
            jobs=jobs,
            pace=pace,
            people=people,
            locations=locations,
        )
    if not quiet:
        _say_cost_of_owners(opened, language)
    return coverage


def _read_tenant(
    name: str,
    database: Engine,
    settings: ScanPolicy,
    policy: TenantPolicy,
    people: People,
    language: str,
    quiet: bool,
) -> ReadTenant:
    """Read a tenant, with a bar for each of its phases."""
    with ExitStack() as stack:
        bars: dict[str, Step] = {}

        def told(phase: str, items: int, waiting: int) -> None:
            if phase not in bars:
                stack.close()
                label = sentence("tenant", f"progress_{phase}", language)
                bars[phase] = stack.enter_context(progress(label, quiet=quiet))
            bars[phase](items, items + waiting if phase == "files" else 0)

        return read_tenant(
            name,
            database,
            policy,
            skip=settings.skip,
            people=people,
            tell=lambda address, code: tell_device(address, code, language),
            told=told,
            say=(lambda _text: None) if quiet else say,
            language=language,
        )


def _summarise_tenants(
    documents: dict[str, Any], database: Engine, policy: TenantPolicy, language: str
) -> None:
    for name, document in documents.items():
        say(name, style="bold")
        lines = [
            *coverage_lines(document, language),
            contents_line(database, name, policy, language),
            spent_line(document, language),
        ]
        for line in filter(None, lines):
            say(line)


def _say_cost_of_owners(sources: Sequence[Source], language: str) -> None:
    """What asking for the owners of files took, where that was asked for."""
    for source in sources:
        requests = getattr(source, "owners_asked", 0)
        if requests:
            seconds = round(getattr(source, "owners_seconds", 0.0))
            say(sentence("batch", "owners_asked", language, requests=requests, seconds=seconds))


def as_document(coverage: Coverage, database: Engine) -> dict[str, Any]:
    """Coverage, kinds and counted findings as one JSON document."""
    with database.connect() as connection:
        return {
            "coverage": coverage.as_json(),
            "kinds": count_kinds(connection),
            "findings": count_findings(connection),
        }


def _summarise(coverage: Coverage, database: Engine, language: str) -> None:
    unreadable = coverage.by_state.get("unreadable", 0)
    code = "scan_head_unreadable" if unreadable else "scan_head"
    say(
        sentence(
            "batch",
            code,
            language,
            items=coverage.items,
            megabytes=coverage.bytes // 1_000_000,
            unreadable=unreadable,
        ),
        style="bold",
    )
    with database.connect() as connection:
        found = count_findings(connection)
        rows = [(count, kind) for kind, count in count_kinds(connection).items()]
    say_counts(rows)
    if coverage.by_reason:
        say(sentence("batch", "not_read", language))
        rows = [(count, reason_sentence(reason, language)) for reason, count in coverage.by_reason.items()]
        say_counts(rows)
    if found:
        say(sentence("batch", "findings", language))
        say_counts([(count, sentence("findings", code, language)) for code, count in found.items()])
    say(sentence("batch", "scan_next", language))
