"""Microsoft bytes in, ODF bytes out; knows no shares, tenants or jobs.

The whole public face::

    identify(path) -> Identity                           what a file is, by content
    inspect(path, level="cheap" | "deep") -> Inspection  what is in it and what it would lose
    convert(source, target, ...) -> Outcome              one file, in this process, with a verdict
    convert_all(conversions, jobs, limits)               many files in sandboxed worker processes
    inspect_all(paths, level, jobs, limits)
    verify(source, target) -> Verification               the source's census against the result's, and the schema
    output_revision(kind) -> int                         for a job's key
"""

from converters.engines import Conversion, convert, convert_all
from converters.families import output_revision
from converters.identify import Identity, identify
from converters.inspect import inspect, inspect_all
from converters.routing import ENGINE_REASONS
from converters.verify import Verification, verify
from converters.workers import WorkerLimits, WorkerPool

__all__ = [
    "ENGINE_REASONS",
    "Conversion",
    "Identity",
    "Verification",
    "WorkerLimits",
    "WorkerPool",
    "convert",
    "convert_all",
    "identify",
    "inspect",
    "inspect_all",
    "output_revision",
    "verify",
]
