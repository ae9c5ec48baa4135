"""Who is let in, and what no request gets: without a browser, byte by byte."""

from __future__ import annotations

import re
import time

import pytest

from migrate.web import entrance
from tests.web_server import Served, served


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    with served(tmp_path_factory.mktemp("local"), upload_megabytes=1) as site:
        yield site


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    settings = {
        "proxy": ("127.0.0.1",),
        "names": ("migrate.example.org",),
        "managers": ("group:direction",),
        "it": ("ann@example.org",),
    }
    with served(tmp_path_factory.mktemp("team"), **settings) as site:
        yield site


def form_key(site: Served, cookie: str) -> str:
    page = site.ask("/", {"Cookie": cookie}).text
    return re.search(r'name="csrf" value="([0-9a-f]{64})"', page)[1]


@pytest.mark.parametrize("path", ["/", "/enter", "/enter?token=", "/enter?token=wrong", "/nowhere", "/leave"])
def test_nobody_comes_in_without_the_token(local, path):
    answer = local.ask(path)
    assert answer.status == 403
    assert answer.getheader("set-cookie") is None
    assert local.tokens[-1] not in answer.text


def test_a_token_works_once_and_the_next_one_is_announced(local):
    used = local.tokens[-1]
    first = local.ask(f"/enter?token={used}")
    assert (first.status, first.getheader("location")) == (303, "/")
    assert local.ask(f"/enter?token={used}").status == 403
    assert local.tokens[-1] != used


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT"])
def test_only_opening_the_address_uses_it_up(local, method):
    token = local.tokens[-1]
    assert local.ask(f"/enter?token={token}", method=method).status == 403
    assert local.ask(f"/enter?token={token}").status == 303


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(local):
    cookie = local.ask(local.entrance.removeprefix(local.address)).getheader("set-cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    name, _, value = cookie.partition("=")
    assert local.ask("/", {"Cookie": f"{name}={'x' * len(value)}"}).status == 403


def test_who_signed_out_is_out(local):
    cookie = local.cookie()
    body = f"csrf={form_key(local, cookie)}".encode()
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    assert local.ask("/leave", headers, method="POST", body=body).status == 200
    assert local.ask("/", {"Cookie": cookie}).status == 403


@pytest.mark.parametrize(
    "host", ["attacker.example", "127.0.0.1", "localhost:1", "127.0.0.1:{port}.attacker.example", ""]
)
def test_a_host_name_that_is_not_ours_is_refused(local, host):
    answer = local.ask("/", {"Host": host.format(port=local.port), "Cookie": local.cookie()})
    assert answer.status == 400


@pytest.mark.parametrize("key", ["", "csrf=", "csrf=" + "0" * 64, "other=1"])
def test_a_form_without_the_key_of_its_visitor_does_nothing(local, key):
    cookie = local.cookie()
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    assert local.ask("/leave", headers, method="POST", body=key.encode()).status == 403
    assert local.ask("/", {"Cookie": cookie}).status == 200


def test_the_key_of_one_visitor_serves_no_other(local):
    first, second = local.cookie(), local.cookie()
    headers = {"Cookie": second, "Content-Type": "application/x-www-form-urlencoded"}
    body = f"csrf={form_key(local, first)}".encode()
    assert local.ask("/leave", headers, method="POST", body=body).status == 403


def test_a_form_that_a_browser_says_comes_from_elsewhere_does_nothing(local):
    cookie = local.cookie()
    headers = {
        "Cookie": cookie,
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "cross-site",
    }
    body = f"csrf={form_key(local, cookie)}".encode()
    assert local.ask("/leave", headers, method="POST", body=body).status == 403


def test_a_form_larger_than_it_may_be_is_refused_with_a_page(local):
    headers = {"Cookie": local.cookie(), "Content-Type": "application/x-www-form-urlencoded"}
    answer = local.ask("/leave", headers, method="POST", body=b"csrf=" + b"x" * 300_000)
    assert answer.status == 413
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    "body", [b"no multipart", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"]
)
def test_what_is_no_form_is_refused_with_a_page(local, body):
    headers = {"Cookie": local.cookie(), "Content-Type": "multipart/form-data; boundary=b"}
    assert local.ask("/leave", headers, method="POST", body=body).status in (400, 403)


@pytest.mark.parametrize("path", [
    "/static/../pages.py", "/static/%2e%2e/pages.py", "/static/..%2fpages.py", "/static//etc/passwd",
    "/static/%2fetc%2fpasswd", "/../../etc/passwd", "/static/web.css", "/static/style.css%00.js",
])  # fmt: skip
def test_no_path_leads_to_a_file_that_is_not_in_the_table(local, path):
    answer = local.ask(path, {"Cookie": local.cookie()})
    assert answer.status in (400, 404)
    assert "root:" not in answer.text


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/style.css", "/enter?token=x"])
def test_every_answer_tells_browsers_to_run_and_frame_nothing(local, path):
    for headers in ({}, {"Cookie": local.cookie()}):
        answer = local.ask(path, headers)
        policy = answer.getheader("content-security-policy")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.getheader("x-content-type-options") == "nosniff"
        assert "server" not in {name.lower() for name, _value in answer.getheaders()}


def test_only_a_method_that_a_page_has_is_answered(local):
    cookie = local.cookie()
    assert local.ask("/", {"Cookie": cookie}, method="PUT").status == 405
    assert local.ask("/leave", {"Cookie": cookie}).status == 405


def test_a_session_that_nobody_uses_ends(local, monkeypatch):
    cookie = local.cookie()
    now = time.monotonic()
    monkeypatch.setattr(entrance, "monotonic", lambda: now + entrance.IDLE_SECONDS - 60)
    assert local.ask("/", {"Cookie": cookie}).status == 200
    monkeypatch.setattr(entrance, "monotonic", lambda: now + 2 * entrance.IDLE_SECONDS)
    assert local.ask("/", {"Cookie": cookie}).status == 403


TEAM = {"Host": "migrate.example.org"}


def test_behind_a_proxy_the_header_says_who_it_is_and_groups_give_roles(team):
    page = team.ask("/", {**TEAM, "X-Remote-User": "bea", "X-Remote-Groups": "staff, Direction"})
    assert page.status in (200, 303)
    stranger = team.ask("/", {**TEAM, "X-Remote-User": "eve", "X-Remote-Groups": "staff"})
    assert stranger.status == 403
    assert "eve" in stranger.text


@pytest.mark.parametrize("user", ["direction", "group:direction", "GROUP:Direction"])
def test_no_account_is_taken_for_a_group_of_its_name(team, user):
    assert team.ask("/", {**TEAM, "X-Remote-User": user}).status == 403
    assert team.ask("/", {**TEAM, "X-Remote-User": "eve", "X-Remote-Groups": "ann@example.org"}).status == 403
    assert team.ask("/", {**TEAM, "X-Remote-User": "Ann@example.org"}).status in (200, 303)


@pytest.mark.parametrize(("host", "status"), [
    ("MIGRATE.example.org", 403), ("migrate.example.org:8443", 403), ("other.example.org", 400),
    ("migrate.example.org:8443:1", 400), ("migrate.example.org.attacker.example", 400), ("127.0.0.1", 400),
])  # fmt: skip
def test_behind_a_proxy_only_its_names_are_answered_at_any_port(team, host, status):
    assert team.ask("/", {"Host": host}).status == status


def test_behind_a_proxy_nobody_is_let_in_without_a_name_or_with_two(team):
    assert team.ask("/", TEAM).status == 403
    assert team.ask("/", {**TEAM, "X-Remote-User": " "}).status == 403
    assert team.ask("/", {**TEAM, "X-Remote-User": "a", "x-remote-user": "ann@example.org"}).status == 400


def test_behind_a_proxy_no_token_and_no_cookie_lets_anybody_in(team):
    assert team.tokens == []
    assert team.ask("/enter?token=", {**TEAM, "Cookie": f"migrate-{team.port}=x"}).status == 403


def test_the_header_is_believed_from_the_proxy_alone(tmp_path):
    settings = {"proxy": ("10.0.0.5", "10.1.0.0/24"), "names": ("migrate.example.org",), "it": ("ann",)}
    with served(tmp_path, **settings) as site:
        headers = {**TEAM, "X-Remote-User": "ann", "X-Forwarded-For": "10.0.0.5", "Forwarded": "for=10.0.0.5"}
        assert site.ask("/", headers).status == 403
        assert site.ask("/static/style.css", headers).status == 403


def test_a_form_of_one_account_does_nothing_for_another(team):
    headers = {
        **TEAM,
        "X-Remote-User": "bea",
        "X-Remote-Groups": "direction",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    assert team.ask("/leave", headers, method="POST", body=b"csrf=" + b"0" * 64).status == 403
