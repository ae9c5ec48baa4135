"""What every page that takes a file shares: bounds that are kept while it comes, and answers that somebody can read."""

from __future__ import annotations

import http.client
import re
import socket
import time

import pytest

from migrate.web import registry, server
from tests.web_server import Served, served

BOUNDARY = "between"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "MODULES", (*registry.MODULES, "tests.migrate.web.upload_page"))
        with served(tmp_path_factory.mktemp("uploads"), upload_megabytes=3) as running:
            yield running


@pytest.fixture
def somebody(site):
    cookie = site.cookie()
    key = re.search(r'name="csrf" value="([0-9a-f]{64})"', site.ask("/", {"Cookie": cookie}).text)[1]
    return {"Cookie": cookie, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}, key


def form(key: str, *files: tuple[str, bytes]) -> bytes:
    parts = [b'Content-Disposition: form-data; name="csrf"\r\n\r\n' + key.encode()]
    parts += [
        f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + content
        for name, content in files
    ]
    edge = f"--{BOUNDARY}\r\n".encode()
    return edge + (b"\r\n" + edge).join(parts) + f"\r\n--{BOUNDARY}--\r\n".encode()


def test_a_file_within_the_limit_goes_to_disk_and_not_to_memory(site, somebody):
    headers, key = somebody
    answer = site.ask("/take", headers, method="POST", body=form(key, ("a.docx", b"x" * 2_900_000)))
    assert (answer.status, answer.text) == (200, "file: 'a.docx' 2900000 disk")


def test_a_file_over_the_limit_is_refused_with_a_page_that_says_why(site, somebody):
    headers, key = somebody
    answer = site.ask("/take", headers, method="POST", body=form(key, ("a.docx", b"x" * 4_000_000)))
    assert answer.status == 413
    assert "3 MB" in answer.text


def test_a_limit_is_kept_where_nobody_says_how_much_will_come(site, somebody):
    headers, key = somebody
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    body = form(key, ("a.docx", b"x" * 9_000_000))
    pieces = (body[start : start + 65_536] for start in range(0, len(body), 65_536))
    connection.request("POST", "/take", pieces, headers, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


def test_a_page_that_takes_no_file_takes_none(site, somebody):
    headers, key = somebody
    assert site.ask("/small", headers, method="POST", body=form(key, ("a.docx", b"x"))).status == 400
    assert (
        site.ask("/small", headers, method="POST", body=form(key, ("a.docx", b"x" * 500_000))).status == 413
    )


def test_many_files_or_fields_are_refused(site, somebody):
    headers, key = somebody
    files = [(f"{number}.docx", b"x") for number in range(30)]
    assert site.ask("/take", headers, method="POST", body=form(key, *files)).status == 400
    plain = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
    body = f"csrf={key}&".encode() + b"&".join(b"a=1" for _ in range(200))
    assert site.ask("/small", plain, method="POST", body=body).status == 400
    body = f"csrf={key}&a=".encode() + b"x" * 50_000
    assert site.ask("/small", plain, method="POST", body=body).status == 400


def test_a_file_without_the_key_of_its_visitor_is_not_looked_at(site, somebody):
    headers, _key = somebody
    assert site.ask("/take", headers, method="POST", body=form("0" * 64, ("a.docx", b"x"))).status == 403
    assert site.ask("/take", headers, method="POST", body=form("é" * 32, ("a.docx", b"x"))).status == 403


def test_a_sender_who_goes_away_in_the_middle_leaves_the_site_well(site, somebody):
    headers, key = somebody
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection(("127.0.0.1", site.port)) as line:
        line.sendall(
            f"POST /take HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nContent-Length: 2000000\r\n{told}\r\n".encode()
        )
        line.sendall(form(key, ("a.docx", b"x" * 10_000)))
    time.sleep(0.2)
    assert site.ask("/take", headers, method="POST", body=form(key, ("a.docx", b"x"))).status == 200


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: "])
def test_who_holds_a_connection_and_asks_nothing_loses_it(site, monkeypatch, begun):
    monkeypatch.setattr(server, "_HEAD_SECONDS", 0.3)
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(begun)
        assert line.recv(1000) == b""
    assert site.ask("/").status == 403


def test_a_fault_of_ours_is_a_page_without_its_inside(site: Served, somebody, caplog):
    headers, _key = somebody
    answer = site.ask("/fail", headers)
    assert answer.status == 500
    assert "a fault of ours" not in answer.text
    assert "Traceback" not in answer.text
    assert "a fault of ours" in caplog.text
    assert answer.getheader("content-security-policy")
