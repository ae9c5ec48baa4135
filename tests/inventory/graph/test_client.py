"""The client against Graph on a real socket: pages, errors, throttling, breaks, tokens, and what may leave."""

from __future__ import annotations

import json
import logging
import threading
import time

import pytest
import requests

from inventory.graph.calls import CALLS
from inventory.graph.client import Patience
from inventory.graph.errors import FatalError, GraphError, Meaning, PermanentError, TransientError
from inventory.graph.gate import Gate, StoppedError
from inventory.graph.wire import Network, session_for
from tests.graph_emulator.clients import HASTY, client, cloud, tokens
from tests.graph_emulator.faults import ALL_PERMISSIONS, Faults
from tests.graph_emulator.server import emulated
from tests.graph_emulator.tenant import Tenant, guid


def _all(graph, name, **ids):
    call, values, link = CALLS[name], [], ""
    while True:
        page = graph.page(call, link, **ids)
        values += page.values
        link = page.next_link
        if not link:
            return values


def test_pages_are_followed_to_the_end_and_empty_ones_are_not_the_end(tmp_path):
    with emulated(tmp_path, Tenant(450, 2, 500), Faults(empty_page_share=0.5)) as emulator:
        users = _all(client(emulator), "users")
        assert [user["id"] for user in users] == [person.id for person in emulator.tenant.people]
        assert emulator.fate.seen.paths["users"] > 450 // 999 + 1


def test_a_link_to_another_host_is_not_followed(tmp_path):
    with emulated(tmp_path, Tenant(300), Faults(foreign_next_link="https://evil.example/v1.0")) as emulator:
        graph = client(emulator)
        link = graph.page(CALLS["groups"]).next_link
        assert link.startswith("https://evil.example/")
        with pytest.raises(PermanentError) as caught:
            graph.page(CALLS["groups"], link)
        assert caught.value.meaning is Meaning.NOT_ALLOWED
        assert caught.value.detail == "host"


def test_an_expired_page_link_is_an_error_of_its_own(tmp_path):
    with emulated(tmp_path, Tenant(30), Faults(page_expires_once=True)) as emulator:
        graph = client(emulator)
        link = graph.page(CALLS["groups"]).next_link
        with pytest.raises(PermanentError) as caught:
            graph.page(CALLS["groups"], link)
        assert caught.value.meaning is Meaning.PAGE_EXPIRED


def test_delta_that_is_too_old_says_where_it_begins_anew(tmp_path):
    with emulated(tmp_path, Tenant(3, 1, 5_000), Faults(delta_expires_share=1.0)) as emulator:
        graph = client(emulator)
        drive = max(emulator.tenant.drives, key=lambda one: one.count)
        link = graph.page(CALLS["delta"], drive=drive.id).next_link
        with pytest.raises(PermanentError) as caught:
            graph.page(CALLS["delta"], link)
        assert caught.value.meaning is Meaning.RESYNC
        assert caught.value.told.codes[0] == "resyncchangesapplydifferences"
        assert graph.page(CALLS["delta"], graph.resync_link(caught.value)).values[0]["root"] == {}


def test_a_throttled_answer_stops_every_worker_for_as_long_as_it_says(tmp_path):
    with emulated(tmp_path, Tenant(30), Faults(throttle_share=0.2, throttle_seconds=1)) as emulator:
        graph = client(emulator)
        errors = []

        def work():
            try:
                for _ in range(15):
                    graph.page(CALLS["groups"])
            except GraphError as error:
                errors.append(error)

        workers = [threading.Thread(target=work) for _ in range(4)]
        started = time.monotonic()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        seen = emulator.fate.seen
        assert not errors
        assert seen.throttled > 0
        assert seen.served["/groups?" + CALLS["groups"].path.split("?")[1]] == 60
        # nobody came back before the second was over: each closing was met by at most the four under way
        assert seen.throttled <= 4 * graph.gate.closed_times
        assert time.monotonic() - started >= graph.gate.closed_times * 0.9


def test_breaks_busy_servers_and_slow_ones_are_asked_again(tmp_path):
    faults = Faults(drop_share=0.15, busy_share=0.15, slow_share=0.2, slow_seconds=0.02)
    with emulated(tmp_path, Tenant(30), faults) as emulator:
        graph = client(emulator, patience=Patience(12, 60, 0.01, 0.02))
        for _ in range(30):
            assert len(_all(graph, "groups")) == 6
        seen = emulator.fate.seen
        assert seen.dropped > 3
        assert seen.busy > 3
        assert graph.spent.unanswered == seen.dropped
        assert graph.spent.throttled == seen.busy


def test_what_never_answers_is_a_transient_error(tmp_path):
    with (
        emulated(tmp_path, Tenant(3), Faults(drop_share=1.0)) as emulator,
        pytest.raises(TransientError) as caught,
    ):
        client(emulator).page(CALLS["groups"])
    assert caught.value.meaning is Meaning.UNANSWERED
    assert emulator.fate.seen.dropped == HASTY.tries


def test_an_expired_token_is_renewed_once_for_all_workers(tmp_path):
    with emulated(tmp_path, Tenant(30), Faults(token_requests=10)) as emulator:
        graph = client(emulator)
        for _ in range(45):
            graph.page(CALLS["groups"])
        assert emulator.fate.seen.refused_tokens == 4
        assert emulator.fate.seen.tokens == 5
        assert graph.spent.refused == 4


def test_a_claims_challenge_is_answered_with_the_claims(tmp_path):
    with emulated(tmp_path, Tenant(3), Faults(claims_once=True)) as emulator:
        assert client(emulator).page(CALLS["groups"]).values
        claims = emulator.fate.seen.claims[-1]  # those before tell what the client is able to do
        assert json.loads(claims)["access_token"]["nbf"]["value"] == "1"


def test_a_token_that_is_never_taken_ends_the_work(tmp_path):
    with emulated(tmp_path, Tenant(3)) as emulator:
        emulator.check_token = lambda _header: _refused()
        with pytest.raises(FatalError) as caught:
            client(emulator).page(CALLS["groups"])
        assert caught.value.meaning is Meaning.TOKEN
        # a drive that was just made refuses for a while, which says nothing of the rest
        with pytest.raises(PermanentError):
            client(emulator).page(CALLS["delta"], drive="b!1")


def _refused():
    from tests.graph_emulator.routes import error

    return error(401, "InvalidAuthenticationToken", "CompactToken validation failed")


def test_a_missing_permission_is_a_permanent_error_with_its_body(tmp_path):
    for name, permission in (
        ("groups", "Group.ReadBasic.All"),
        ("report_settings", "ReportSettings.Read.All"),
    ):
        with emulated(tmp_path, Tenant(3), Faults(permissions=ALL_PERMISSIONS - {permission})) as emulator:
            graph = client(emulator)
            with pytest.raises(PermanentError) as caught:
                graph.get(CALLS[name], CALLS[name].url(graph.cloud))
            assert caught.value.meaning is Meaning.PERMISSION
            assert json.loads(caught.value.told.body)["error"]["message"]
            assert emulator.fate.seen.requests == 0 or emulator.fate.seen.statuses[403] == 1


def test_a_batch_answers_each_part_and_throttled_parts_alone_come_again(tmp_path):
    with emulated(tmp_path, Tenant(60), Faults(throttle_share=0.3)) as emulator:
        graph = client(emulator)
        people = emulator.tenant.people[:20]
        waiting = {person.id: {"user": person.id} for person in people}
        found = {}
        rounds = 0
        while waiting:
            rounds += 1
            for key, answer in graph.batch(CALLS["user_drive"], waiting).items():
                if not isinstance(answer, TransientError):
                    found[key] = answer
                    del waiting[key]
        assert rounds > 1
        for person in people:
            answer = found[person.id]
            if person.has_drive:
                assert answer["owner"]["user"]["id"] == person.id
            else:
                assert answer.meaning is Meaning.NO_DRIVE
        served = {key: n for key, n in emulator.fate.seen.served.items() if key.startswith("/users/")}
        assert set(served.values()) == {1}


def test_reports_and_contents_come_by_links_that_no_token_is_sent_to(tmp_path):
    with emulated(tmp_path, Tenant(10, 2, 200), Faults(content_breaks_once=True)) as emulator:
        graph = client(emulator)
        rows = list(graph.report(CALLS["report"], report="getM365AppUserDetail", period="D180"))
        assert next(iter(rows[0])) == "Report Refresh Date"  # the byte order mark is no part of it
        assert rows[0]["User Principal Name"] == emulator.tenant.people[0].upn
        drive = max(emulator.tenant.drives, key=lambda one: one.count)
        number = next(
            n for n in range(1, drive.count) if drive.entry(n).kind == "file" and drive.entry(n).size
        )
        with graph.content(drive=drive.id, item=drive.item_id(number)) as content:
            assert content.read() == drive.content(number)
        assert emulator.fate.seen.leaked_tokens == 0


def test_nothing_but_get_and_the_listed_posts_leaves(tmp_path):
    with emulated(tmp_path, Tenant(3)) as emulator:
        session = session_for(cloud(emulator), Network(ca=str(emulator.ca)))
        for method in ("PATCH", "PUT", "DELETE", "POST", "HEAD", "OPTIONS"):
            for path in ("/v1.0/users", "/v1.0/drives/1/items/2", "/v1.0/admin/reportSettings"):
                with pytest.raises(FatalError, match="not_allowed"):
                    session.request(method, emulator.graph + path, json={})
        smuggled = {
            "requests": [
                {"id": "1", "method": "GET", "url": "/users"},
                {"id": "2", "method": "DELETE", "url": "/users/1"},
            ]
        }
        with pytest.raises(FatalError):
            session.post(emulator.graph + "/v1.0/$batch", json=smuggled)
        for host in ("https://graph.example", emulator.files, emulator.graph.replace("https", "http")):
            with pytest.raises((FatalError, requests.RequestException)):
                session.get(host + "/v1.0/users")
        assert not emulator.fate.seen.methods


def test_waiting_ends_when_the_work_is_stopped():
    gate = Gate()
    gate.close(60)
    threading.Timer(0.05, gate.stop).start()
    started = time.monotonic()
    with pytest.raises(StoppedError):
        gate.enter(1)
    assert time.monotonic() - started < 5


def test_a_rate_and_what_is_left_of_a_limit_spread_requests():
    now = [100.0]
    gate = Gate(60, monotonic=lambda: now[0])
    gate.enter(2)
    assert gate._next == 102.0
    gate = Gate(monotonic=lambda: now[0])
    gate.heed({"ratelimit-limit": "1200", "ratelimit-remaining": "900", "ratelimit-reset": "30"})
    gate.enter(1)
    assert gate._next == 100.0
    gate.heed({"ratelimit-limit": "1200", "ratelimit-remaining": "60", "ratelimit-reset": "30"})
    gate.enter(1)
    assert gate._next == 100.5
    gate.heed({"ratelimit-limit": "1200", "ratelimit-remaining": "0", "ratelimit-reset": "30"})
    assert gate._opens == 130.0


def test_neither_tokens_nor_secrets_nor_names_stand_in_logs_and_errors(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    faults = Faults(token_requests=3, busy_share=0.2, permissions=ALL_PERMISSIONS - {"Group.ReadBasic.All"})
    said = []
    with emulated(tmp_path, Tenant(40, 2, 300), faults) as emulator:
        graph = client(
            emulator, tokens=tokens(emulator, certificate=None, secret="emulated-client-secret-value")
        )
        for name in ("users", "groups", "skus"):
            try:
                graph.page(CALLS[name])
            except GraphError as error:
                said.append(repr(error) + str(error))
        list(graph.report(CALLS["report"], report="getM365AppUserDetail", period="D180"))
        drive = emulator.tenant.drives[0]
        try:
            graph.content(drive=drive.id, item=drive.item_id(1)).close()
        except GraphError as error:
            said.append(repr(error))
        issued = list(emulator._tokens)
    told = caplog.text + "".join(said) + repr(graph.tokens.__dict__.get("_credentials"))
    assert said
    for word in (*issued, "emulated-client-secret-value", "prenom.nom", "tempauth", "BEGIN PRIVATE"):
        assert word not in told
    assert guid("person", 1) not in told
