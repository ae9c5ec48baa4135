"""Which contents of a tenant are asked for: all, some by chance with what that is worth, or the ones that matter first.

A content costs a request, and a tenant allows so many a day. Chance hangs on a file's id alone: the same files are
chosen again after a kill, and in the next scan.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from enum import StrEnum

from inventory.records import Item

# documents that Office wrote or opens; what else there is costs a request and says nothing
OFFICE_EXTENSIONS = frozenset(
    [
        "doc",
        "docm",
        "docx",
        "dot",
        "dotm",
        "dotx",
        "rtf",
        "xls",
        "xlsb",
        "xlsm",
        "xlsx",
        "xlt",
        "xltm",
        "xltx",
        "xla",
        "xlam",
        "ppt",
        "pptm",
        "pptx",
        "pot",
        "potm",
        "potx",
        "pps",
        "ppsm",
        "ppsx",
        "mdb",
        "accdb",
        "vsd",
        "vsdx",
        "mpp",
        "pub",
        "one",
    ]
)
# those that hold macros or connections, or are of the binary formats: what decides about a migration
TELLING_EXTENSIONS = frozenset(
    [
        "docm",
        "dotm",
        "xlsm",
        "xltm",
        "xlam",
        "xlsb",
        "xla",
        "xls",
        "xlt",
        "pptm",
        "potm",
        "ppsm",
        "doc",
        "dot",
        "mdb",
        "accdb",
    ]
)
_RANGE = 1 << 64
_NORMAL_95 = 1.959964


class Documents(StrEnum):
    NONE = "none"  # their metadata alone
    ALL = "all"
    SAMPLE = "sample"
    PRIORITY = "priority"  # telling ones, and a sample of the rest


@dataclass(frozen=True, slots=True)
class Choice:
    """``percent`` of documents make the sample."""

    documents: Documents = Documents.ALL
    percent: int = 5

    def wants(self, item: Item) -> bool:
        if self.documents is Documents.NONE or item.extension not in OFFICE_EXTENSIONS:
            return False
        if self.documents is Documents.ALL:
            return True
        if self.documents is Documents.PRIORITY and item.extension in TELLING_EXTENSIONS:
            return True
        digest = hashlib.blake2b(item.file_id.encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") < _RANGE * self.percent // 100


ALL = Choice()


def margin_percent(sampled: int, population: int) -> float:
    """By how many percentage points a share that a sample tells may be off, at 95 % confidence and in the worst case: a share
    of one half, drawn without putting back."""
    if not sampled:
        return 100.0
    if sampled >= population:
        return 0.0
    correction = (population - sampled) / (population - 1)
    return 100 * _NORMAL_95 * math.sqrt(0.25 / sampled * correction)
