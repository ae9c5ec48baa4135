"""Documents under a password: opened to private memory, and their results put under the password again.

Nothing plain is ever written beside the target: what is made of an encrypted source is made and proven in a private
file, and what stands on the disk is encrypted, unless the caller wants it otherwise and then it is a named loss.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from converters.encryption.opening import Opened, can_open, open_encrypted
from converters.errors import Failed
from converters.identify import ODF_KINDS, Identity, identify
from converters.losses import LossLog
from converters.options import MacroPolicy, Options
from converters.private_files import private_file

__all__ = ["Unlocked", "can_open", "unlocked"]


@dataclass(slots=True)
class Unlocked:
    """A source that was opened: ``source`` is without its password, ``identity`` that of the document inside.

    Results are made in private files (:meth:`prepare`), and put where they can be seen by :meth:`stored`.
    """

    source: Path
    identity: Identity
    opened: Opened
    _private: ExitStack

    def prepare(self) -> Path:
        """An empty file for a result that nobody else can read; it goes with this."""
        return self._private.enter_context(private_file())

    prepare_second = prepare

    def is_closed_again(self, options: Options) -> bool:
        """Whether the result gets the source's password: not where that is everybody's, or the options say otherwise."""
        return options.reencrypt and not self.opened.for_everybody

    def macros(self, options: Options) -> MacroPolicy:
        """What becomes of macros: text beside a result has no password, so they stand in the result as comments."""
        leaves = options.macros is MacroPolicy.LEAVE and self.is_closed_again(options)
        return MacroPolicy.COMMENT if leaves else options.macros

    def stored(self, result: Path, target: Path, options: Options, log: LossLog) -> Path:
        """Write a result to ``target``, which is the answer: under the source's password, or plain where the options
        say so or the password is everybody's. Raises Failed PROOF_FAILED."""
        if self.opened.without_properties:
            log.report("PROPERTIES_ENCRYPTED")
        if not self.is_closed_again(options):
            shutil.copyfile(result, target)
            if not self.opened.for_everybody:
                log.report("PASSWORD_DROPPED")
            return target
        # only what is encrypted pays for its imports; they are there, for the extra that opened the source brought them
        from converters.odf.encryption import NotTheSame, encrypt_package, prove_encrypted  # noqa: PLC0415

        try:
            encrypt_package(result, target, self.opened.password)
            prove_encrypted(target, result, self.opened.password)
        except (NotTheSame, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
            raise Failed("PROOF_FAILED", detail=f"encrypted: {error}") from None
        return target


@contextmanager
def unlocked(source: Path, identity: Identity, options: Options) -> Iterator[Unlocked | None]:
    """The source without its password, for the block; None where it has none, or not one that a password opens.

    Raises as :func:`converters.encryption.opening.open_encrypted`.
    """
    if identity.error or identity.rights_managed or not identity.encrypted or identity.kind in ODF_KINDS:
        yield None
        return
    with ExitStack() as private:
        plain = private.enter_context(private_file())
        opened = open_encrypted(source, plain, options.passwords, options.limits, options.timeout_seconds)
        yield Unlocked(plain, identify(plain, options.limits), opened, private)
