"""What the helpdesk is told about one file: the record that the command line and JSON show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from converters import Verification
from converters.losses import Loss
from converters.recovery import Mend
from migrate.helpdesk.causes import Found

# what was done, in the order in which it is done; the locale has a sentence for each (tables ``helpdesk``)
ACTS: dict[str, str] = {
    "UNLOCKED": "it was opened with the password",
    "REENCRYPTED": "the new file has the same password",
    "STORED_DECRYPTED": "the new file has no password, as was asked for",
    "MENDED": "the damaged file was put together again (params: mends)",
    "CONVERTED": "it was translated to ODF (params: engine)",
    "OTHER_ENGINE": "the first engine failed, the other one translated it (params: error)",
    "TEXT_KEPT": "words that the new file has no place for stand in a text file (params: path, count)",
    "TEXT_WITHHELD": "words that the new file has no place for are not written where no password is (params: count)",
    "COMPARED": "the new file was counted against the old one",
}


@dataclass(frozen=True, slots=True)
class Act:
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ACTS[self.code]

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": dict(self.params)}


@dataclass(frozen=True, slots=True)
class Answer:
    """``causes`` are the likeliest first. ``target`` is the new file, None where there is none.

    ``ours`` tells that the file is a result of this program: of which source (SHA-256), by which version.
    """

    file: Path
    kind: str
    symptom: str | None
    causes: tuple[Found, ...] = ()
    acts: tuple[Act, ...] = ()
    mends: tuple[Mend, ...] = ()
    losses: tuple[Loss, ...] = ()
    ours: Mapping[str, str] = field(default_factory=dict)
    target: Path | None = None
    text_file: Path | None = None
    verification: Verification | None = None
    error: str = ""
    error_params: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "file": str(self.file),
            "kind": self.kind,
            "symptom": self.symptom,
            "causes": [cause.as_json() for cause in self.causes],
            "done": [act.as_json() for act in self.acts],
            "mends": [mend.as_json() for mend in self.mends],
            "losses": [loss.as_json() for loss in self.losses],
            "made_by": dict(self.ours) or None,
            "target": str(self.target) if self.target else None,
            "text_file": str(self.text_file) if self.text_file else None,
            "verification": self.verification.as_json() if self.verification else None,
            "error": self.error or None,
            "error_params": dict(self.error_params),
            "seconds": round(self.seconds, 3),
        }
