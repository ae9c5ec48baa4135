"""A throw-away user profile with settings under which a foreign document can do no harm."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

_COMMON = "/org.openoffice.Office.Common"

# (path, property, value). Values as the registry schema types them. Two stand not here on purpose: with
# DisableActiveContent charts and embedded objects vanish from the result; without Load/UserDefinedSettings an ODF text
# is laid out against its own settings (how the spaces between paragraphs add up, SwXMLImport::SetConfigurationSettings).
HARDENED: tuple[tuple[str, str, str], ...] = (
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),  # very high: only trusted locations, and
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),  # there are none
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{_COMMON}/Security/Scripting", "CheckDocumentEvents", "false"),
    (f"{_COMMON}/Misc", "FirstRun", "false"),
    (f"{_COMMON}/Misc", "CrashReport", "false"),
    (f"{_COMMON}/Misc", "UseSystemFileDialog", "false"),
    (f"{_COMMON}/Save/Document", "AutoSave", "false"),
    (f"{_COMMON}/Save/ODF", "DefaultVersion", "11"),  # ODF 1.3 extended, whatever LibreOffice's latest is
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),  # never
    ("/org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Chart", "false"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),  # never, in Calc's own order
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),  # never: keep the values as saved
    ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "1"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled", "false"),
    # where the network cannot be taken away: a proxy that is not there
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),  # by hand
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),  # discard
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    # what is shown must not depend on the host
    ("/org.openoffice.Setup/L10N", "ooLocale", "en-US"),
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "en-US"),
    ("/org.openoffice.Setup/L10N", "ooSetupCurrency", "USD-en-US"),
    ("/org.openoffice.Office.Linguistic/General", "DefaultLocale", "en-US"),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
)  # fmt: skip

_LOAD = "/org.openoffice.Office.Calc/Formula/Load"
# a hard recalculation of every formula when a file is loaded ("Recalculation on File Load: Always")
RECALCULATING: tuple[tuple[str, str, str], ...] = (
    *(setting for setting in HARDENED if setting[0] != _LOAD),
    (_LOAD, "OOXMLRecalcMode", "0"),
    (_LOAD, "ODFRecalcMode", "0"),
)

_ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'


def write_profile(folder: Path, settings: tuple[tuple[str, str, str], ...] = HARDENED) -> None:
    """Write ``user/registrymodifications.xcu`` of a new profile under ``folder``."""
    items = "\n".join(
        _ITEM.format(escape(path, {'"': "&quot;"}), name, escape(value)) for path, name, value in settings
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}\n</oor:items>\n",
        encoding="utf-8",
    )
