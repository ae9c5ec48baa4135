"""The proof of a conversion that anyone can repeat: the source's census against the result's, and the schema."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from converters.census.legacy import COUNTED_FEATURES, LEGACY_READERS, census_of_legacy
from converters.census.odf import census_of_odf
from converters.census.ooxml import census_of_package
from converters.census.record import COUNTED, LEGACY_COUNTED, MARKUP, Census, Difference, compare
from converters.errors import ConverterError, Failed, Param, Refused
from converters.flat_opc import read_flat_package
from converters.identify import Identity, identify
from converters.inspect import inspect_for_libreoffice
from converters.losses import Loss, LossLog, Place, Severity
from converters.ooxml.package import DEFAULT_LIMITS, Limits, Package
from converters.validity import Validity, validate

ODF_KINDS = ("odt", "ott", "ods", "ots", "odp", "otp")


@dataclass(frozen=True, slots=True)
class Verification:
    """``unproven`` says why the source could not be counted (a code: LEGACY_KIND, or an error's);

    ``uncounted`` names what the source holds and no census counts (codes of features, or of what is counted);
    ``error`` is a code of :mod:`converters.errors` where the source or the target is of no use.
    """

    source_kind: str
    target_kind: str
    source_census: Census | None = None
    target_census: Census | None = None
    differences: tuple[Difference, ...] = ()
    validity: Validity | None = None
    unproven: str = ""
    uncounted: tuple[str, ...] = ()
    error: str = ""
    error_params: tuple[tuple[str, Param], ...] = ()

    @property
    def clean(self) -> bool:
        """Nothing is lost, nothing is invalid, and all that is claimed was counted."""
        return (
            not self.error
            and not self.unproven
            and not self.uncounted
            and not any(difference.lost for difference in self.differences)
            and self.validity is not None
            and self.validity.valid
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "clean": self.clean,
            "source_kind": self.source_kind,
            "target_kind": self.target_kind,
            "source": self.source_census.as_json() if self.source_census else None,
            "target": self.target_census.as_json() if self.target_census else None,
            "differences": [difference.as_json() for difference in self.differences],
            "validity": self.validity.as_json() if self.validity else None,
            "unproven": self.unproven or None,
            "uncounted": list(self.uncounted),
            "error": self.error or None,
            "error_params": dict(self.error_params),
        }


def verify(source: Path, target: Path, limits: Limits = DEFAULT_LIMITS) -> Verification:
    """Compare a source with the ODF file made of it. Never raises for what stands in the files.

    Raises Failed NO_SOURCE, UNREADABLE_SOURCE where one of them is not there.
    """
    source, target = Path(source), Path(target)
    identity, result = identify(source, limits), identify(target, limits)
    refusal = identity.refusal() or _target_refusal(identity, result)
    if refusal is not None:
        return Verification(
            identity.kind, result.kind, error=refusal.code, error_params=tuple(refusal.params.items())
        )
    validity = validate(target)
    try:
        target_census = census_of_odf(target, identity.family, of_legacy=identity.kind in LEGACY_READERS)
    except ConverterError as error:
        params = tuple(error.params.items())
        return Verification(
            identity.kind, result.kind, validity=validity, error=error.code, error_params=params
        )
    unproven, uncounted = "", tuple[str, ...]()
    try:
        source_census = census_of_source(source, identity, limits)
        unproven = "" if source_census else "LEGACY_KIND"
        if source_census and identity.kind in LEGACY_READERS:
            uncounted = uncounted_parts(
                source_census, identity, inspect_for_libreoffice(source, identity, limits)
            )
    except ConverterError as error:
        source_census, unproven = None, error.code
    return Verification(
        identity.kind,
        result.kind,
        source_census,
        target_census,
        compare(source_census, target_census, _counted(identity)) if source_census else (),
        validity,
        unproven,
        uncounted,
    )


def _target_refusal(identity: Identity, result: Identity) -> Refused | None:
    if result.error:
        return Refused(result.error, **dict(result.error_params))
    if result.encrypted:
        return Refused("ENCRYPTED")
    if result.kind not in ODF_KINDS or identity.extension[-1] != _LETTER[result.kind]:
        return Refused("WRONG_FAMILY", kind=identity.kind, extension=result.kind)
    return None


# ODF kind -> the letter that ends the extension of its family
_LETTER = {"odt": "t", "ott": "t", "ods": "s", "ots": "s", "odp": "p", "otp": "p"}


def census_of_source(source: Path, identity: Identity, limits: Limits = DEFAULT_LIMITS) -> Census | None:
    """The census of a source; None for a kind that cannot be counted. Raises Refused where it is damaged."""
    if identity.kind in LEGACY_READERS:
        return census_of_legacy(source, identity.kind, limits)
    if not identity.properties.native:
        return None
    if identity.kind == "flat_docx":
        package = read_flat_package(source.read_bytes(), limits)
    else:
        package = Package(source, limits)
    with package:
        return census_of_package(package, identity.family)


# What no longer does what it did may still be there: these are announced by losses of behaviour too.
_LIVING = frozenset(("formulas", "names", "charts", "links", *MARKUP))


def is_announced(what: str, losses: Sequence[Loss]) -> bool:
    """Whether a loss explains that things of a kind are fewer.

    The census counts things and the log names kinds of losses, and no table leads from the one to the other. So what
    is gone must be announced by a loss of content, or one that says that something was dropped; order by any that a
    reader notices.
    """
    least = Severity.LAYOUT if what == "word_order" else Severity.CONTENT
    if what in _LIVING:
        least = Severity.BEHAVIOUR
    return any(
        loss.severity >= least or (loss.code.endswith("_DROPPED") and not loss.engine_independent)
        for loss in losses
    )


def prove_against_source(
    source: Path, identity: Identity, target: Path, losses: Sequence[Loss], limits: Limits = DEFAULT_LIMITS
) -> None:
    """Check a result of the native converter against its source and the schema, before it is put in place.

    Raises Failed LOST_IN_SILENCE where something is missing that no loss announces, RESULT_NOT_VALID.
    """
    counted = census_of_source(source, identity, limits)
    if counted is not None:
        for difference in compare(counted, census_of_odf(target, identity.family)):
            if difference.lost and not is_announced(difference.what, losses):
                raise Failed(
                    "LOST_IN_SILENCE",
                    what=difference.what,
                    source=difference.source,
                    target=difference.target,
                )
    for violation in validate(target).violations:
        if violation.confirmed:
            raise Failed("RESULT_NOT_VALID", part=violation.part, detail=violation.message[:200])


def report_validity(target: Path, log: LossLog) -> None:
    """What breaks the schema in a result that another program made, and that something could not be checked."""
    validity = validate(target)
    unsure = [violation.part for violation in validity.violations if not violation.confirmed]
    for violation in validity.violations:
        if violation.confirmed:
            log.report("NOT_VALID_ODF", Place("part", part=violation.part), detail=violation.message[:200])
    for part in dict.fromkeys((*unsure, *validity.unchecked)):
        log.report("VALIDITY_UNCHECKED", Place("part", part=part))


def census_for_libreoffice(source: Path, identity: Identity, limits: Limits) -> Census | None:
    """The census of a source that LibreOffice is to convert; None where nobody here can count it.

    Raises Refused for a damaged package, which LibreOffice would take with what is left of it. Of a binary file it
    may read more than a census does: there damage only means that nothing is proven.
    """
    try:
        return census_of_source(source, identity, limits)
    except Refused:
        if identity.kind not in LEGACY_READERS or identity.kind == "xlsb":
            raise
        return None


# features that a census of a legacy file counts in no kind, or not in all (:data:`converters.inspection.FEATURES`)
UNCOUNTED_FEATURES = (
    "ole_object",
    "package_object",
    "activex",
    "form_field",
    "media",
    "dde",
    "external_link",
    "external_data",
    "pivot_table",
    "data_validation",
    "conditional_format",
    "mail_merge",
    "tracked_change",
)


def _counted(identity: Identity) -> tuple[str, ...]:
    """What is compared of a source of this kind."""
    return (*COUNTED, *LEGACY_COUNTED) if identity.kind in LEGACY_READERS else COUNTED


def uncounted_parts(census: Census, identity: Identity, features: Container[str]) -> tuple[str, ...]:
    """What a legacy file holds and no census counts: what its reader says, and features that inspection found."""
    counted = COUNTED_FEATURES.get(identity.kind, ())
    held = (feature for feature in UNCOUNTED_FEATURES if feature in features and feature not in counted)
    return tuple(dict.fromkeys((*sorted(census.uncounted), *held)))


def losses_of_libreoffice(
    source_census: Census | None, target: Path, identity: Identity, features: Container[str] = ()
) -> tuple[Loss, ...]:
    """What a census tells about a result that another program made; what cannot be counted is unproven.

    ``features`` are those that inspection found in the source.
    """
    log = LossLog()
    if source_census is None:
        log.report("UNPROVEN", detail=identity.kind)
        return log.losses()
    if identity.kind in LEGACY_READERS:
        for what in uncounted_parts(source_census, identity, features):
            log.report("UNPROVEN_PART", what=what)
    # LibreOffice has fields and marks of its own
    counted = [name for name in _counted(identity) if name not in MARKUP]
    target_census = census_of_odf(target, identity.family, of_legacy=identity.kind in LEGACY_READERS)
    for difference in compare(source_census, target_census, counted):
        if difference.lost:
            log.report(
                "CENSUS_DIFFERS",
                what=difference.what,
                source=difference.source,
                target=difference.target,
            )
    return log.losses()
