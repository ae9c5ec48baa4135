"""A converter for tests of the batch: real worker processes, a result that depends on the source's bytes alone."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from converters import Conversion, WorkerPool
from converters.errors import ConverterError
from converters.losses import Loss
from converters.outcome import Engine, Outcome, Verdict, verdict_for

HEADER = b"PK\x03\x04 converted: "


def result_of(content: bytes) -> bytes:
    return HEADER + hashlib.sha256(content).hexdigest().encode() * 2000


def convert_one(conversion: Conversion, pause_seconds: float = 0.0) -> Outcome:
    content = Path(conversion.source).read_bytes()
    facts = {
        "source": str(conversion.source),
        "engine": Engine.NATIVE,
        "kind": "docx",
        "source_sha256": hashlib.sha256(content).hexdigest(),
    }
    if content.startswith(b"refuse"):
        return Outcome(**facts, target=None, verdict=Verdict.REFUSED, error="ENCRYPTED")
    if content.startswith(b"fail"):
        return Outcome(
            **facts, target=None, verdict=Verdict.FAILED, error="TIMEOUT", error_params=(("seconds", 1),)
        )
    result = result_of(content)
    with Path(conversion.target).open("wb") as file:
        file.write(result[: len(result) // 2])
        file.flush()
        time.sleep(pause_seconds)
        file.write(result[len(result) // 2 :])
    losses = (Loss("CHART_DROPPED"),) if b"chart" in content else ()
    return Outcome(**facts, target=str(conversion.target), verdict=verdict_for(losses), losses=losses)


def convert_slowly(conversion: Conversion) -> Outcome:
    return convert_one(conversion, 0.03)


def convert_in_process(conversions, jobs=1):
    for conversion in conversions:
        yield conversion, convert_one(conversion)


def convert_in_workers(conversions, jobs=1):
    with WorkerPool(jobs) as pool:
        for conversion, answer in pool.map(convert_slowly, conversions):
            assert not isinstance(answer, ConverterError), answer
            yield conversion, answer
