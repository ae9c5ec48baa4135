"""Signing in through msal against a login on a real socket."""

from __future__ import annotations

import stat
import threading

import pytest

from inventory.graph.cache import Kept
from inventory.graph.calls import CALLS
from inventory.graph.clock import Clock
from inventory.graph.clouds import CLOUDS, Cloud, cloud_of
from inventory.graph.errors import FatalError, Meaning
from inventory.graph.token import granted_in
from tests.graph_emulator.clients import by_secret, client, tokens
from tests.graph_emulator.faults import ALL_PERMISSIONS
from tests.graph_emulator.server import emulated


def test_an_application_signs_in_by_certificate_and_by_secret(tmp_path):
    with emulated(tmp_path) as emulator:
        for made in (tokens(emulator), by_secret(emulator)):
            assert granted_in(made.token()) == ALL_PERMISSIONS
            assert made.token() == made.token()
        assert emulator.fate.seen.tokens == 2


def test_a_wrong_secret_and_a_certificate_that_is_none_are_fatal_and_say_no_more_than_a_code(tmp_path):
    with emulated(tmp_path) as emulator:
        with pytest.raises(FatalError) as caught:
            tokens(emulator, certificate=None, secret="wrong").token()
        assert caught.value.told.codes == ("AADSTS7000215",)
        assert "wrong" not in str(caught.value)
        broken = tmp_path / "broken.pem"
        broken.write_text("-----BEGIN NOTHING-----\nx\n-----END NOTHING-----\n")
        for path in (broken, tmp_path / "absent.pem"):
            with pytest.raises(FatalError) as caught:
                tokens(emulator, certificate=path).token()
            assert caught.value.detail == "certificate"


def test_a_clock_that_is_wrong_is_told(tmp_path):
    with emulated(tmp_path, clock_ahead_seconds=400.0) as emulator:
        clock = Clock()
        with pytest.raises(FatalError) as caught:
            tokens(emulator, clock=clock).token()
        assert caught.value.meaning is Meaning.SIGN_IN
        assert caught.value.detail == "clock"
        assert 395 < clock.skew_seconds < 405


def test_a_person_signs_in_by_device_code_and_the_token_is_kept_for_its_owner_alone(tmp_path, monkeypatch):
    import inventory.graph.cache as cache_module

    def no_keyring(_path):
        raise RuntimeError("no keyring")

    monkeypatch.setattr("msal_extensions.build_encrypted_persistence", no_keyring)
    told = []
    kept = tmp_path / "tokens" / "cache.json"
    options = {"certificate": None, "permissions": ("User.Read.All",), "cache": kept}
    with emulated(tmp_path) as emulator:
        first = tokens(emulator, tell=lambda where, code: told.append((where, code)), **options)
        assert "User.Read.All" in first.granted()
        assert told == [(f"{emulator.login}/device", "EMU-CODE")]
        assert first.kept is Kept.FILE
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        # another process does not ask again
        second = tokens(emulator, **options)
        assert client(emulator, tokens=second).page(CALLS["users"]).values
        assert len(told) == 1
        # and a token that is refused is renewed without the person
        refused = second.token()
        second.renew(refused)
        assert second.token() != refused
    assert cache_module.token_cache(None)[1] is Kept.MEMORY


def test_a_host_that_nobody_vouches_for_is_fatal_at_once(tmp_path):
    with emulated(tmp_path) as emulator:
        emulator.ca.write_bytes(emulator.certificate.read_bytes().split(b"PRIVATE KEY-----")[-1].strip())
        with pytest.raises(FatalError) as caught:
            tokens(emulator).token()
        assert caught.value.meaning is Meaning.UNTRUSTED


def test_one_refused_token_is_renewed_once_whoever_asks(tmp_path):
    with emulated(tmp_path) as emulator:
        made = tokens(emulator)
        refused = made.token()
        workers = [threading.Thread(target=made.renew, args=(refused,)) for _ in range(8)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert made.token() != refused
        assert emulator.fate.seen.tokens == 2


def test_a_cloud_is_three_things_and_one_of_ones_own_needs_no_code():
    own = cloud_of("global", "https://login.example", "https://graph.example")
    assert own.scope == "https://graph.example/.default"
    assert own.root == "https://graph.example/v1.0"
    assert own.authority("contoso") == "https://login.example/contoso"
    assert [name for name, cloud in CLOUDS.items() if cloud.reports] == ["global"]
    for wrong in ("http://graph.example", "https://graph.example/v1.0", "graph.example"):
        with pytest.raises(ValueError, match="https"):
            Cloud("https://login.example", wrong)
