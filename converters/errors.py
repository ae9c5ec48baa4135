"""The errors of the package: each is a code with parameters, never a sentence.

    ConverterError
    ├── Refused   the source's fault: encrypted, damaged, not what it says, over a limit
    └── Failed    ours or the machine's: no target is written

The sentence and the remedy for each code stand in ``migrate/locale`` (tables ``errors``), in French and English.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import ClassVar

Param = str | int | float

# code -> what it is about. Refusals first, then failures.
REFUSALS: dict[str, str] = {
    "EMPTY_FILE": "the file has no bytes",
    "LOCK_FILE": "an owner file (~$name) that Office leaves while a document is open",
    "ENCRYPTED": "password protected (MS-OFFCRYPTO)",
    "WRONG_PASSWORD": "none of the passwords that were given opens it (params: tried)",
    "ENCRYPTION_UNSUPPORTED": "encrypted in a way that nothing here opens (params: method)",
    "RIGHTS_MANAGED": "protected by information rights management",
    "NOT_OFFICE": "the content is no Microsoft Office document",
    "UNSUPPORTED_KIND": "an Office document of a kind that is not converted (params: kind)",
    "WRONG_FAMILY": "the target's extension belongs to another family (params: kind, extension)",
    "DAMAGED_ZIP": "the zip container cannot be read (params: detail)",
    "DAMAGED_XML": "a part is not well-formed XML (params: part, detail)",
    "DAMAGED_OLE": "the OLE2 container cannot be read (params: detail)",
    "MISSING_PART": "a part that the document needs is not in the package (params: part)",
    "DOCTYPE_FORBIDDEN": "a part declares a document type, which OPC forbids (params: part)",
    "UNSAFE_NAME": "an entry name leaves the package, is absolute or is not portable (params: name)",
    "DUPLICATE_NAME": "two entries have the same part name (params: name)",
    "LIMIT_FILE_SIZE": "the file is larger than allowed (params: bytes, limit)",
    "LIMIT_ENTRIES": "the package has more entries than allowed (params: entries, limit)",
    "LIMIT_PART_SIZE": "a part is larger than allowed when unpacked (params: part, limit)",
    "LIMIT_TOTAL_SIZE": "all parts together are larger than allowed when unpacked (params: limit)",
    "LIMIT_RATIO": "a part unpacks to suspiciously much (params: part, ratio, limit)",
    "LIMIT_KEY_ROUNDS": "making a key of the password would take longer than allowed (params: rounds, limit)",
    "LIMIT_DEPTH": "a part nests elements deeper than allowed (params: part)",
    "UNREADABLE": "LibreOffice cannot open the file either",
}
FAILURES: dict[str, str] = {
    "TIMEOUT": "the work took longer than allowed (params: seconds)",
    "OUT_OF_MEMORY": "the work needed more memory than allowed (params: megabytes)",
    "CRASHED": "the worker process died (params: detail)",
    "INTERNAL": "an error in this program (params: detail)",
    "NO_LIBREOFFICE": "LibreOffice is needed for this file and is not installed",
    "LIBREOFFICE_CRASHED": "LibreOffice died of this file, twice (params: detail)",
    "LIBREOFFICE_HANGS": "LibreOffice stood still over this file, twice (params: seconds)",
    "NETWORK_NOT_ISOLATED": "LibreOffice would have a network, and the caller forbids that",
    "LIBREOFFICE_FAILED": "LibreOffice gave no usable result (params: detail)",
    "EXTRA_MISSING": "an optional part of this program is needed and not installed (params: extra)",
    "NO_SOURCE": "the source file is not there (params: detail)",
    "UNREADABLE_SOURCE": "the source file cannot be read (params: detail)",
    "CANNOT_WRITE": "the target cannot be written (params: detail)",
    "TARGET_EXISTS": "a file that this program did not write stands where the target goes",
    "PROOF_FAILED": "the result did not stand the proof and was not put in place (params: detail)",
    "RESULT_NOT_VALID": "the result breaks the schema of ODF and was not put in place (params: part, detail)",
    "LOST_IN_SILENCE": "the result holds less than the source, and no loss was reported (params: what, source, target)",
    "RESULT_DOES_NOT_OPEN": "LibreOffice does not open the result (params: detail)",
    "PAGES_UNLIKE": "the pages look less like the source's than the policy allows (params: likeness, floor)",
}

# errno of a disk that takes no more: full, over the quota, over the largest file, read-only
NO_ROOM = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS])


class CodedError(Exception):
    """An error with a ``code`` of a table, ``codes``, and ``params`` for its sentence."""

    codes: ClassVar[dict[str, str]] = {}

    def __init__(self, code: str, **params: Param) -> None:
        if code not in self.codes:
            raise ValueError(f"{code} is no code of {type(self).__name__}")
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value}" for key, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code

    def __reduce__(self):  # parameters must survive the way back from a worker process
        return _rebuild, (type(self), self.code, self.params)


class ConverterError(CodedError):
    """An error of a conversion, with a code of the tables above."""


class Refused(ConverterError):
    """The source cannot be converted, and that is the source's fault."""

    codes = REFUSALS


class Failed(ConverterError):
    """The conversion did not work, and that is not the source's fault."""

    codes = FAILURES


def _rebuild(kind: type[CodedError], code: str, params: dict[str, Param]) -> CodedError:
    return kind(code, **params)


def describe(error: Exception) -> str:
    """An unexpected exception with the place in this program, for a bug report; no content of the document."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        code = trace.tb_frame.f_code
        place = f" at {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}"
    return f"{type(error).__name__}: {str(error)[:200]}{place}"
