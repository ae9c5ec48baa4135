"""A document opened with its password ([MS-OFFCRYPTO]), for a worker. The password is given on a pipe, never kept."""

from __future__ import annotations

from pathlib import Path

from converters.errors import Refused


def unlock(given: tuple[Path, Path, str]) -> None:
    """Write (source, target, password): the source without its password to the target.

    Raises Refused ENCRYPTED where the password does not open it, DAMAGED_OLE where the container is damaged.
    """
    import msoffcrypto  # noqa: PLC0415  (behind an extra)
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError  # noqa: PLC0415

    source, target, password = given
    with source.open("rb") as locked, target.open("wb") as opened:
        try:
            document = msoffcrypto.OfficeFile(locked)
            document.load_key(password=password, verify_password=True)
            document.decrypt(opened)
        except (InvalidKeyError, DecryptionError):
            raise Refused("ENCRYPTED") from None
        except (FileFormatError, OSError, ValueError, NotImplementedError) as error:
            raise Refused("DAMAGED_OLE", detail=str(error)) from None


def can_unlock() -> bool:
    """Whether the extra that opens documents with a password is installed."""
    try:
        import msoffcrypto  # noqa: F401, PLC0415
    except ImportError:
        return False
    return True
