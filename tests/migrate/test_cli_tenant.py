"""``migrate scan m365:TENANT`` and ``migrate tenant`` as a person gives them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from inventory.database import open_database
from inventory.tenant.permissions import PERMISSIONS
from migrate.cli import group
from migrate.locale import LANGUAGES
from migrate.policy import PolicyError, policy_of
from tests.graph_emulator.faults import ALL_PERMISSIONS, Faults
from tests.graph_emulator.server import CLIENT, SECRET, TENANT, emulated
from tests.graph_emulator.tenant import Tenant
from tests.inventory.tenant.scanning import found, truth
from tests.office_files import docx, paragraph

NAME = f"m365:{TENANT}"
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def configured(tmp_path, monkeypatch):
    """A folder with a configuration for an emulator; answers a function that writes it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)

    def write(emulator, **more):
        values = {
            "client_id": CLIENT,
            "certificate": str(emulator.certificate),
            "login": emulator.login,
            "graph": emulator.graph,
            "ca": str(emulator.ca),
            "documents": "none",
        } | more
        lines = [f'{name} = "{value}"' for name, value in values.items() if value]
        (tmp_path / "migrate.toml").write_text("\n".join(["[tenant]", "rate = false", *lines]) + "\n")

    return write


def _run(*arguments):
    result = CliRunner().invoke(group, list(map(str, arguments)), standalone_mode=False)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code or result.return_value or 0, result.output


def test_a_tenant_is_scanned_like_a_share(tmp_path, configured):
    tenant = Tenant(20, 3, 300)
    with emulated(tmp_path, tenant) as emulator:
        configured(emulator)
        (tmp_path / "share").mkdir()
        (tmp_path / "share/a.txt").write_bytes(b"a")
        code, said = _run("scan", NAME, tmp_path / "share", "--lang", "en")
        _code, summary = _run("tenant", "summary", NAME, "--json")
        _code, told = _run("tenant", "summary", NAME, "--lang", "fr")
    assert code == 0
    totals = json.loads(summary)["totals"]
    entries = [entry for _path, entry, _drive in tenant.files()]
    files = [entry for entry in entries if entry.kind in ("file", "malware")]
    assert (totals["files"], totals["bytes"]) == (len(files), sum(entry.size for entry in files))
    assert totals["shared"].get("anyone", 0) == sum(entry.shared == "anonymous" for entry in files)
    assert (totals["members"], totals["guests"]) == (20, 0)
    assert (totals["groups"], totals["teams"], totals["channels"]) == (6, 3, 9)
    assert totals["drives"] == len(tenant.drives)
    assert totals["data_locations"]["EUR"] == 6
    assert "Non vu\u00a0: Forms" in told
    assert "Not seen: Forms – Microsoft Graph does not tell it" in said
    assert "resource units" in said
    engine = open_database(str(tmp_path / "migrate.db"))
    expected = truth(tenant)
    assert {path: told for path, told in found(engine).items() if path != "a.txt"} == expected
    engine.dispose()


def test_a_sample_of_contents_says_what_it_is_worth(tmp_path, configured):
    tenant = Tenant(2, 1, 3)
    for number in range(6):
        tenant.drives[0].add(0, f"{number}.docx", docx(paragraph(f"letter {number}")))
    with emulated(tmp_path, tenant) as emulator:
        configured(emulator, documents="sample")
        code, said = _run("scan", NAME, "--lang", "en", "--jobs", 1)
        assert code == 0
        assert "Contents are read of 5 % of the documents" in said
        configured(emulator, documents="all")
        code, said = _run("scan", NAME, "--lang", "en", "--jobs", 1)
        assert code == 0
        assert "Contents are read of" not in said
        assert "docx" in said


def test_one_document_tells_coverage_forecast_and_what_was_spent(tmp_path, configured):
    with emulated(
        tmp_path, Tenant(20, 3, 300), Faults(permissions=ALL_PERMISSIONS - {"Reports.Read.All"})
    ) as emulator:
        configured(emulator)
        code, said = _run("scan", NAME, "--json", "--no-persons")
    assert code == 0
    document = json.loads(said)
    told = document["tenants"][NAME]
    reports = {gap["area"]: gap for gap in told["areas"] if gap["area"].startswith("usage_")}
    assert {gap["permission"] for gap in reports.values()} == {"Reports.Read.All"}
    assert told["forecast"]["drives"] == len(emulator.tenant.drives)
    assert told["spent"]["calls"]["delta"] == len(emulator.tenant.drives)
    assert document["coverage"]["items"] == len(list(emulator.tenant.files()))
    for person in emulator.tenant.people:
        assert person.upn not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_doctor_tells_each_permission_and_what_is_missing_without_it(tmp_path, configured, language):
    permissions = ALL_PERMISSIONS - {"AuditLog.Read.All"} | {"Sites.FullControl.All"}
    with emulated(tmp_path, Tenant(3), Faults(permissions=permissions)) as emulator:
        configured(emulator)
        code, said = _run("tenant", "doctor", NAME, "--lang", language)
        assert code == 3
        for permission in PERMISSIONS:
            assert permission.name in said
        assert "Sites.FullControl.All" in said.splitlines()[-1]
        assert ("last sign-ins" if language == "en" else "dernières connexions") in said
        assert not emulator.fate.seen.paths  # nothing of the tenant is read
        emulator.fate.faults.permissions = ALL_PERMISSIONS - {"Files.Read.All"}
        code, said = _run("tenant", "doctor", NAME, "--json")
        assert code == 0
        document = json.loads(said)
        assert document["ok"]
        assert document["certificate_days"] > 1
        assert [row["permission"] for row in document["permissions"] if row["included"]] == ["Files.Read.All"]


def test_a_secret_is_used_and_discouraged_and_stands_nowhere(tmp_path, configured, monkeypatch):
    monkeypatch.setenv("MIGRATE_TENANT_SECRET", SECRET)
    with emulated(tmp_path, Tenant(5, 1, 20)) as emulator:
        configured(emulator, certificate="")
        code, said = _run("scan", NAME, "--lang", "en")
    assert code == 0
    assert "a certificate is better" in said
    assert SECRET not in said
    for path in tmp_path.glob("migrate.db*"):
        assert SECRET.encode() not in path.read_bytes()


def test_what_keeps_a_tenant_from_being_read_is_one_sentence_with_its_remedy(
    tmp_path, configured, monkeypatch
):
    from click import ClickException

    def said(*arguments):
        with pytest.raises(ClickException) as caught:
            _run(*arguments, "--lang", "en")
        assert caught.value.exit_code == 3
        return caught.value.format_message()

    with emulated(tmp_path, Tenant(3), clock_ahead_seconds=400) as emulator:
        configured(emulator)
        assert "clock" in said("scan", NAME)
        emulator.clock_ahead_seconds = 0
        configured(emulator, certificate=str(tmp_path / "absent.pem"))
        assert "absent.pem" in said("scan", NAME)
        configured(emulator, client_id="")
        assert "setup-help" in said("scan", NAME)
        configured(emulator, ca="")
        monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
        assert "trusts" in said("tenant", "doctor", NAME)
        monkeypatch.setenv("MIGRATE_TENANT_SECRET", "not-it")
        configured(emulator, certificate="")
        told = said("scan", NAME)
        assert "AADSTS7000215" in told
        assert "not-it" not in told
    assert "m365:contoso" in said("scan", "m365:")


@pytest.mark.parametrize("language", LANGUAGES)
def test_setup_help_names_every_permission_that_is_needed_and_no_more(language, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _code, said = _run("tenant", "setup-help", NAME, "--lang", language)
    names = {permission.name for permission in PERMISSIONS} - {"Files.Read.All"}
    assert {
        word for word in said.replace('"', " ").replace(",", " ").split() if word.endswith(".All")
    } == names | {
        "Application.ReadWrite.All",
        "AppRoleAssignment.ReadWrite.All",
    }
    assert "openssl req" in said
    _code, said = _run("tenant", "setup-help", NAME, "--device-code", "--lang", language)
    assert "openssl" not in said
    assert "Tasks.Read.All" not in said


def test_the_configuration_of_a_tenant_is_checked():
    policy = policy_of(
        {"tenant": {"cloud": "dod", "documents": "priority"}}, {"MIGRATE_TENANT_SAMPLE_PERCENT": "9"}
    )
    assert (policy.tenant.cloud, policy.tenant.documents, policy.tenant.sample_percent) == (
        "dod",
        "priority",
        9,
    )
    for key, value in (
        ("cloud", "moon"),
        ("graph", "http://x"),
        ("sample_percent", 101),
        ("documents", "some"),
    ):
        with pytest.raises(PolicyError):
            policy_of({"tenant": {key: value}}, {})
    with pytest.raises(PolicyError):  # a secret does not stand in a file
        policy_of({"tenant": {"secret": "x"}}, {})


def test_ctrl_c_ends_a_scan_at_once_even_while_it_is_told_to_wait_and_the_next_goes_on(tmp_path, configured):
    tenant = Tenant(40, 4, 4_000)
    with emulated(tmp_path, tenant, Faults(throttle_share=0.9, throttle_seconds=40)) as emulator:
        configured(emulator)
        command = [sys.executable, "-c", "from migrate.cli import main; main()", "scan", NAME]
        environment = os.environ | {"PYTHONPATH": str(PROJECT)}
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        deadline = time.monotonic() + 60
        while not emulator.fate.seen.throttled and time.monotonic() < deadline:
            time.sleep(0.05)
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert time.monotonic() - started < 15
        assert b"Traceback" not in process.stderr.read()
        process.stderr.close()
        emulator.fate.faults.throttle_share = 0.0
        engine = open_database(str(tmp_path / "migrate.db"))
        with engine.begin() as connection:  # the pause that the service asked for is kept
            assert connection.exec_driver_sql("SELECT throttled_until FROM tenants").scalar()
            connection.exec_driver_sql("UPDATE tenants SET throttled_until = ''")
        assert _run("scan", "--resume")[0] == 0
        assert found(engine) == truth(tenant)
        engine.dispose()
