"""``fix``: look into one file, make a new one that is right, and say why it was wrong.

The file itself is only read, every step that reads it runs in a worker with limits, and what is made stands under a new
name: a file that is there already is never touched.
"""

from __future__ import annotations

import contextlib
import itertools
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from converters import Conversion, Identity, Verification, identify, inspect, verify
from converters.engines import run_conversion
from converters.errors import ConverterError, Failed
from converters.formula_results import Recalculation
from converters.inspection import Inspection
from converters.kinds import KINDS, SPREADSHEET
from converters.libreoffice.find import find
from converters.options import Options
from converters.outcome import Engine, Outcome, Verdict
from converters.provenance import PROGRAM, SOURCE_HASH, read_provenance
from converters.recalculation import recalculate
from converters.recovery import Repair, is_compound, repair, text_of_odf, words_missing
from converters.workers import WorkerLimits, WorkerPool
from migrate.helpdesk.answer import Act, Answer
from migrate.helpdesk.causes import causes_of
from migrate.helpdesk.facts import Facts, calculation_of, missing_fonts
from migrate.helpdesk.unlock import unlock

SECONDS = 60.0  # for one step
REPAIRED_FROM = "Repaired from SHA-256"
_DAMAGE = frozenset(["DAMAGED_ZIP", "DAMAGED_XML", "DAMAGED_OLE", "MISSING_PART", "DUPLICATE_NAME"])
_UNREADABLE = frozenset(["UNREADABLE", "LIBREOFFICE_CRASHED"])  # a whole container may hold broken tables
_NO_KIND = frozenset(["zip", "unknown", "ole_other"])  # what a document may have become
_DAMAGED_PARTS = frozenset(["PART_DAMAGED", "PART_MISSING"])
_ASKS_FOR_RESULTS = ("totals-differ", "name-error")


def fix(
    file: Path,
    target: Path | None = None,
    *,
    symptom: str | None = None,
    password: str | None = None,
    reencrypt: bool = True,
    scratch: Path | None = None,
) -> Answer:
    """What is wrong with ``file``, and a new file beside it (or ``target``). Never raises for what stands in the file.

    ``symptom`` is one of :data:`migrate.helpdesk.causes.SYMPTOMS`; ``reencrypt``: what is made of a file that ``password``
    opened gets the same password; ``scratch``: the folder for what is made on the way, the system's own for None.
    Raises Failed NO_SOURCE, UNREADABLE_SOURCE, TARGET_EXISTS.
    """
    started = time.monotonic()
    if target is not None and target.exists():
        raise Failed("TARGET_EXISTS")
    with tempfile.TemporaryDirectory(prefix="migrate-fix-", dir=scratch) as folder:
        with WorkerPool(1, WorkerLimits(timeout_seconds=SECONDS)) as pool:
            work = _Work(file, target, Path(folder), pool, reencrypt=reencrypt)
            work.run(symptom, password)
        answer = work.answer(symptom)
    return replace(answer, seconds=time.monotonic() - started)


class _Work:
    """The state of one call, so that an error at any point still tells what was found and done."""

    def __init__(
        self, file: Path, target: Path | None, folder: Path, pool: WorkerPool, *, reencrypt: bool
    ) -> None:
        self.file, self.wished, self.folder, self.pool, self.reencrypt = file, target, folder, pool, reencrypt
        self.password: str | None = None  # that opened the file, where it keeps anybody from reading
        self.facts = Facts(file, identify(file))
        self.current, self.acts = file, list[Act]()
        self.repair: Repair | None = None
        self.refused: ConverterError | None = None  # why the password does not open it
        self.target: Path | None = None
        self.text_file: Path | None = None

    def answer(self, symptom: str | None) -> Answer:
        facts = self.facts
        outcome = facts.outcome
        return Answer(
            self.file,
            facts.identity.kind,
            symptom,
            tuple(causes_of(facts, symptom)),
            tuple(self.acts),
            facts.mends,
            outcome.losses if outcome is not None else (),
            facts.provenance,
            self.target,
            self.text_file,
            facts.verification,
            facts.error,
            dict(facts.error_params),
        )

    def run(self, symptom: str | None, password: str | None) -> None:
        facts = self.facts
        if facts.identity.kind in _OPEN_KINDS:
            known = read_provenance(self.file)
            facts.provenance = {name: known[name] for name in (SOURCE_HASH, PROGRAM) if name in known}
        identity = facts.identity
        if identity.encrypted and password is not None:
            identity = self._unlock(password)
        if identity.error in _DAMAGE or identity.kind in _NO_KIND:
            identity = self._mend() or identity
        refusal = self.refused or identity.refusal()
        if refusal is not None:
            self._stop(refusal)
            return
        self._stop(None)
        self._convert(identity)
        outcome = self.facts.outcome
        if outcome is not None and self.repair is None and self._is_damaged(outcome):
            mended = self._mend()
            if mended is not None and mended.refusal() is None:
                self._convert(mended)
        self._look_closer(symptom)
        self._place()

    def _stop(self, error: ConverterError | None) -> None:
        """Note what ended the work; None where it goes on."""
        self.facts.error, self.facts.error_params = (error.code, error.params) if error else ("", {})

    # -- steps -------------------------------------------------------------------------------------------------

    def _unlock(self, password: str) -> Identity:
        opened = self.folder / f"opened{self.file.suffix}"
        answer = self.pool.run(unlock, (self.current, opened, password))
        if isinstance(answer, ConverterError):
            self.refused = answer
            return self.facts.identity
        self.current = opened
        self.password = None if answer.for_everybody else answer.password
        self.acts.append(Act("UNLOCKED"))
        return identify(opened)

    def _mend(self) -> Identity | None:
        """Put the package together again; None where nothing of it can be had, or it is whole."""
        mended = self.folder / "mended.zip"
        answer = self.pool.run(_repair, (self.current, mended))
        if isinstance(answer, ConverterError):
            self._stop(answer)
            return None
        if not answer.mends:
            return None
        self.repair, self.facts.mends, self.current = answer, answer.mends, mended
        self.facts.mended_kind = answer.kind
        self.acts.append(Act("MENDED", {"mends": len(answer.mends)}))
        return identify(mended)

    def _is_damaged(self, outcome: Outcome) -> bool:
        if outcome.error in _UNREADABLE:
            return is_compound(self.current)
        return outcome.error in _DAMAGE or any(loss.code in _DAMAGED_PARTS for loss in outcome.losses)

    def _convert(self, identity: Identity) -> None:
        """Translate with the engine that is meant for the kind, else with the other one."""
        self.acts = [act for act in self.acts if act.code in ("UNLOCKED", "MENDED")]
        result = self.folder / f"result.{identity.extension}"
        outcome = self._converted(result, Engine.AUTO)
        other = Engine.LIBREOFFICE if outcome.engine is not Engine.LIBREOFFICE else Engine.NATIVE
        worth = other is Engine.LIBREOFFICE or identity.properties.native
        if outcome.verdict is Verdict.FAILED and worth and (other is Engine.NATIVE or find() is not None):
            second = self._converted(result, other)
            if second.target:
                self.acts.append(Act("OTHER_ENGINE", {"error": outcome.error}))
                outcome = second
        self.facts.outcome = outcome
        if outcome.target is None:
            self.facts.error, self.facts.error_params = outcome.error, dict(outcome.error_params)
            return
        self._stop(None)
        self.acts.append(Act("CONVERTED", {"engine": outcome.engine.value if outcome.engine else ""}))

    def _converted(self, result: Path, engine: Engine) -> Outcome:
        options = Options(timeout_seconds=SECONDS)
        if self.repair is not None:
            options = replace(options, provenance=((REPAIRED_FROM, _sha256(self.file)),))
        wish = Conversion(self.current, result, engine, options, overwrite=True)
        answer = self.pool.run(run_conversion, wish)
        if not isinstance(answer, ConverterError):
            return answer
        return Outcome(
            str(self.current),
            None,
            Verdict.FAILED,
            engine if engine is not Engine.AUTO else None,
            error=answer.code,
            error_params=tuple(answer.params.items()),
        )

    def _look_closer(self, symptom: str | None) -> None:
        facts, outcome = self.facts, self.facts.outcome
        inspection = self.pool.run(inspect, self.current)
        if isinstance(inspection, Inspection):
            facts.inspection = inspection
            facts.missing_fonts = missing_fonts(inspection.fonts)
        identity = identify(self.current)
        facts.calculation = calculation_of(self.current, identity.family, self.pool)
        if outcome is None or outcome.target is None:
            return
        result = Path(outcome.target)
        checked = self.pool.run(_verify, (self.current, result))
        if isinstance(checked, Verification):
            facts.verification = checked
            self.acts.append(Act("COMPARED"))
        if identity.family == SPREADSHEET and symptom in _ASKS_FOR_RESULTS and find() is not None:
            results = self.pool.run(_recalculate, (self.current, identity.kind, result))
            if isinstance(results, Recalculation):
                facts.recalculation = results

    def _place(self) -> None:
        """Give the result its name beside the file, and the words that it has no place for theirs."""
        outcome = self.facts.outcome
        if outcome is None or outcome.target is None:
            self._keep_text("")
            return
        result = Path(outcome.target)
        wished = self.wished or self.file.with_suffix(result.suffix)
        self.target = _placed(self._closed(result), wished, exact=self.wished is not None)
        answer = self.pool.run(text_of_odf, result)
        self._keep_text(answer if isinstance(answer, str) else "")

    def _closed(self, result: Path) -> bytes:
        """The bytes of a result, under the password of its source where that has one."""
        if self.password is None:
            return result.read_bytes()
        if not self.reencrypt:
            self.acts.append(Act("STORED_DECRYPTED"))
            return result.read_bytes()
        from converters.odf.encryption import encrypt_package, prove_encrypted  # noqa: PLC0415  (behind an extra)

        closed = self.folder / "closed"
        encrypt_package(result, closed, self.password)
        prove_encrypted(closed, result, self.password)
        self.acts.append(Act("REENCRYPTED"))
        return closed.read_bytes()

    def _keep_text(self, shown: str) -> None:
        missing = words_missing(self.repair.text, shown) if self.repair is not None else ()
        if missing and self.password is not None and self.reencrypt:  # a text has no password
            self.acts.append(Act("TEXT_WITHHELD", {"count": sum(len(rows) for _, rows in missing)}))
        elif missing:
            text = "\n\n".join("\n".join((f"[{part}]", *rows)) for part, rows in missing)
            beside = (self.target or self.file).with_suffix(".txt")
            self.text_file = _placed(text.encode(), beside, exact=False)
            count = sum(len(rows) for _, rows in missing)
            self.acts.append(Act("TEXT_KEPT", {"path": str(self.text_file), "count": count}))


_OPEN_KINDS = frozenset(kind for kind in KINDS if kind.startswith("od") or kind.startswith("ot"))


def _repair(pair: tuple[Path, Path]) -> Repair:
    return repair(*pair)


def _verify(pair: tuple[Path, Path]) -> Verification:
    return verify(*pair)


def _recalculate(given: tuple[Path, str, Path]) -> Recalculation:
    source, kind, result = given
    options = Options()
    return recalculate(
        source, kind, result, timeout_seconds=SECONDS / 2, memory_megabytes=options.memory_megabytes
    )


def _sha256(path: Path) -> str:
    import hashlib  # noqa: PLC0415

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _placed(data: bytes, wished: Path, *, exact: bool) -> Path:
    """Write a new file, readable by its owner alone; under another number where the name is taken.

    Raises Failed TARGET_EXISTS where the exact name is taken, CANNOT_WRITE.
    """
    names = itertools.chain(
        [wished], () if exact else (wished.with_stem(f"{wished.stem} ({n})") for n in itertools.count(2))
    )
    for name in names:
        with contextlib.suppress(FileExistsError):
            try:
                with name.open("xb") as stream:
                    name.chmod(0o600)
                    stream.write(data)
            except FileExistsError:
                raise
            except OSError as error:
                raise Failed("CANNOT_WRITE", detail=error.strerror or str(error)) from None
            return name
    raise Failed("TARGET_EXISTS")
