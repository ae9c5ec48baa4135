"""``migrate convert``: one file or whole shares to ODF, with a verdict for every file."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click

from converters import identify
from converters.kinds import KINDS
from converters.losses import Severity
from converters.options import MacroPolicy
from converters.outcome import EXIT_FAILED, Engine
from inventory.database import database_files, open_database
from inventory.errors import InventoryError
from migrate.batch.plan import Left, Plan, plan_batch, plan_file
from migrate.batch.rows import BatchResult, Row
from migrate.batch.runner import BatchOptions, run_batch
from migrate.cli.batch_summary import say_summary
from migrate.cli.terminal import (
    answer_options,
    ask_for_password,
    cores,
    language_of,
    policy_for,
    progress,
    say,
    write_json,
)
from migrate.ledger import Ledger
from migrate.locale import sentence
from migrate.passwords import others_can_read, read_passwords
from migrate.policy import Policy, read_typefaces, with_options
from migrate.sentences import grouped, shown
from migrate.tenant import SCHEME as TENANT
from migrate.tenant_fetch import fetch


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Target of the one file given."
)
@click.option(
    "--to", type=click.Path(file_okay=False, path_type=Path), help="Folder that mirrors the sources' trees."
)
@click.option("--engine", type=click.Choice([engine.value for engine in Engine]), help="[default: auto]")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes.  [default: cores]")
@click.option(
    "--fail-on",
    type=click.Choice([severity.identifier for severity in Severity]),
    help="Exit with 1 from this severity of losses on.  [default: behaviour]",
)
@click.option("--dry-run", is_flag=True, help="Say what would go where; write nothing.")
@click.option(
    "--redo", is_flag=True, help="Make results of older versions or other options anew, where untouched."
)
@click.option(
    "--force", is_flag=True, help="Replace targets that were edited, or that this program did not write."
)
@click.option(
    "--recalculate",
    is_flag=True,
    default=None,
    help="Let LibreOffice cross-check the formula results of spreadsheets.",
)
@click.option(
    "--macros",
    type=click.Choice([policy.value for policy in MacroPolicy]),
    help="Leave their code beside the result as text, carry it as Basic that LibreOffice may run, keep it as comments, "
    "or drop it.  [default: leave]",
)
@click.option("--timeout", type=click.IntRange(1), help="Seconds a file may take.  [default: 120]")
@click.option("--memory", type=click.IntRange(256), help="Megabytes a file may take.  [default: 2000]")
@click.option(
    "--require-isolation",
    is_flag=True,
    default=None,
    help="Use LibreOffice only where this machine can take the network away from it.",
)
@click.option(
    "--passwords",
    type=click.Path(dir_okay=False),
    help="List of passwords to try on encrypted files: UTF-8, one a line.",
)
@click.option("--ask-password", is_flag=True, help="Ask for a password to try on encrypted files.")
@click.option(
    "--reencrypt/--store-decrypted",
    "reencrypt",
    default=None,
    help="Put what is made of an encrypted file under the same password, or leave it open to everybody who reaches "
    "it.  [default: --reencrypt]",
)
@click.option(
    "--typefaces",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Text file with the typefaces of the desktops, one a line.  [default: those of this machine, as a hint]",
)
@click.option(
    "--prove",
    is_flag=True,
    default=None,
    help="Count each result against its source and check it against the schema before it is put in place.",
)
@click.option(
    "--render-share",
    metavar="SHARE",
    help="Let LibreOffice draw this share of the files and compare their pages: 5%, 100%.  [default: 0%]",
)
@click.option(
    "--likeness-floor",
    metavar="SHARE",
    help="Throw away a result whose drawn pages are less alike than this: 40%.  [default: 0%]",
)
@click.option(
    "--originals",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the documents that are fetched from a tenant.  [default: --to with -originals]",
)
@answer_options
def command(
    sources: Sequence[Path],
    output: Path | None,
    to: Path | None,
    originals: Path | None,
    engine: str | None,
    jobs: int | None,
    fail_on: str | None,
    dry_run: bool,
    redo: bool,
    force: bool,
    recalculate: bool | None,
    macros: str | None,
    timeout: int | None,
    memory: int | None,
    require_isolation: bool | None,
    passwords: str | None,
    ask_password: bool,
    reencrypt: bool | None,
    typefaces: Path | None,
    prove: bool | None,
    render_share: str | None,
    likeness_floor: str | None,
    db: str | None,
    as_json: bool,
    config: Path | None,
    lang: str | None,
) -> int:
    """Convert files and folders to ODF. Results stand beside the sources, below --to, or at -o.

    \b
    migrate convert letter.docx                    letter.odt beside it
    migrate convert form.dotx -o form.odt          a document, not a template
    migrate convert ./share --to ./odf             the whole tree, mirrored
    migrate convert ./share --to ./odf --dry-run   what would go where
    migrate convert pay.xlsx --ask-password        encrypted, and so is its result
    migrate convert plan.pptx --engine both        by both; the better is kept
    migrate convert ./share --to ./odf --prove --render-share 5%
    migrate convert plan.xlsm --macros carry       its macros as LibreOffice Basic
    migrate convert m365:contoso.onmicrosoft.com/SharePoint/finance --to ./odf

    Originals are never changed. The same command again goes on where it was stopped and repeats no finished work; a
    result that somebody edited stays and is listed. The ledger of what was done, for one file as for a share, is the
    database (--db), which is made where there is none.
    """
    policy = policy_for(config, db, lang)
    settings = with_options(
        policy.convert,
        jobs=jobs,
        engine=engine,
        fail_on=fail_on,
        recalculate=recalculate,
        timeout=timeout,
        memory=memory,
        require_isolation=require_isolation,
        passwords=passwords,
        reencrypt=reencrypt,
        typefaces=str(typefaces) if typefaces else None,
        prove=prove,
        render_share=render_share,
        likeness_floor=likeness_floor,
    )
    language = language_of(policy)
    sources, left = with_originals(sources, to, originals, policy, language, quiet=as_json)
    check_sources(sources, output, to, language)
    options = BatchOptions(
        engine=settings.engine,
        jobs=settings.jobs or cores(),
        redo=redo,
        force=force,
        dry_run=dry_run,
        libreoffice=settings.libreoffice,
        recalculates=settings.recalculates,
        timeout_seconds=settings.timeout,
        memory_megabytes=settings.memory,
        require_isolation=settings.require_isolation,
        passwords=passwords_for(settings.passwords, language, ask=ask_password),
        reencrypt=settings.reencrypt,
        typefaces=read_typefaces(settings.typefaces),
        prove=settings.prove,
        render_share=settings.render_share,
        likeness_floor=settings.likeness_floor,
        macros=with_options(policy.macros, policy=macros).policy,
    )
    result = convert_sources(sources, output, to, policy.database, options, language, quiet=as_json)
    result = replace(result, left=(*result.left, *left))
    if as_json:
        write_json(result.as_json(settings.fail_on))
    else:
        say_summary(result, language, target_root=to)
    code = result.exit_code(settings.fail_on)
    return max(code, EXIT_FAILED) if left and code < EXIT_FAILED else code


def with_originals(
    sources: Sequence[Path],
    to: Path | None,
    originals: Path | None,
    policy: Policy,
    language: str,
    *,
    quiet: bool = False,
) -> tuple[Sequence[Path], tuple[Left, ...]]:
    """The sources with folders of fetched documents in place of tenants, and what could not be fetched."""
    named = [str(source) for source in sources if str(source).startswith(TENANT)]
    if not named:
        return sources, ()
    if to is None:
        raise click.UsageError(sentence("tenant", "convert_needs_to", language))
    root = originals or to.with_name(to.name + "-originals")
    left: list[Left] = []
    folders: list[Path] = [source for source in sources if str(source) not in named]
    database = open_database(policy.database)
    try:
        for name in named:
            place = root / name.removeprefix(TENANT).split("/")[0]
            with progress(sentence("tenant", "fetching", language), quiet=quiet) as step:
                fetched = fetch(name, database, place, policy.tenant, step=step)
            left += fetched.left
            folders.append(fetched.folder)
            if not quiet:
                told = {
                    "count": grouped(fetched.documents - len(fetched.left)),
                    "folder": shown(fetched.folder),
                }
                say(sentence("tenant", "fetched", language, **told))
                say(sentence("tenant", "new_home", language, shared=grouped(fetched.shared)))
    finally:
        database.dispose()
    return folders, tuple(left)


def passwords_for(path: str, language: str, *, ask: bool) -> tuple[str, ...]:
    """The passwords to try: what is asked for first, then those of the list. Raises PolicyError."""
    asked = (ask_for_password(language),) if ask else ()
    if not path:
        return asked
    listed = read_passwords(Path(path))
    if others_can_read(Path(path)):
        click.echo(sentence("batch", "passwords_readable", language, path=shown(path)), err=True)
    return (*asked, *listed)


def check_sources(sources: Sequence[Path], output: Path | None, to: Path | None, language: str) -> None:
    """Refuse what cannot be meant. Raises click.UsageError, InventoryError."""
    for source in sources:
        if not source.exists():
            raise InventoryError("SOURCE_MISSING", source=str(source))
    if output is None:
        return
    if to is not None or len(sources) != 1 or sources[0].is_dir():
        raise click.UsageError(sentence("batch", "output_is_for_one_file", language))
    if not output.absolute().parent.is_dir():
        raise click.UsageError(sentence("batch", "no_folder", language, folder=str(output.absolute().parent)))
    identity = identify(sources[0])
    fitting = sorted(
        {kind.extension for kind in KINDS.values() if kind.family == identity.family and kind.extension}
    )
    if identity.family and output.suffix[1:].lower() not in fitting:
        names = ", ".join(f".{extension}" for extension in fitting)
        raise click.UsageError(
            sentence(
                "batch", "wrong_extension", language, target=output.name, kind=identity.kind, fitting=names
            )
        )


def convert_sources(
    sources: Sequence[Path],
    output: Path | None,
    to: Path | None,
    database: str,
    options: BatchOptions,
    language: str,
    *,
    quiet: bool = False,
) -> BatchResult:
    """Plan and run; progress on a terminal. A dry run neither makes a database nor changes one."""
    with ExitStack() as stack:
        if options.dry_run and "://" not in database and not Path(database).exists():
            database = str(Path(stack.enter_context(tempfile.TemporaryDirectory()), "empty.db"))
        engine = open_database(database)
        stack.callback(engine.dispose)
        ledger = Ledger(engine)
        plan = _plan(sources, output, to, ledger, language, quiet=quiet)
        done = 0
        step = stack.enter_context(progress(sentence("batch", "converting", language), quiet=quiet))

        def told(_row: Row) -> None:
            nonlocal done
            done += 1
            step(done, len(plan.tasks))

        jobs = max(1, min(options.jobs, len(plan.tasks)))
        return run_batch(plan, ledger, replace(options, jobs=jobs), progress=told)


def _plan(
    sources: Sequence[Path],
    output: Path | None,
    to: Path | None,
    ledger: Ledger,
    language: str,
    *,
    quiet: bool,
) -> Plan:
    if output is not None:
        return plan_file(sources[0], output)
    with progress(sentence("batch", "planning", language), quiet=quiet) as step:
        return plan_batch(
            sources,
            to,
            earlier=ledger.targets(),
            ignored=database_files(ledger.database),
            progress=lambda count: step(count, 0),
        )
