"""Requests and responses of HTTP/1 in TCP connections: which are events, and what they show."""

from __future__ import annotations

import pickle

import pytest

import huginn_cffi as hg
from tests.support.captures import pcap
from tests.support.http_conversations import conversation, results
from tests.support.packets import FIN, RST
from tests.support.tls.conversation import Conversation

REQUEST = b"GET /a?b=c HTTP/1.1\r\nHost: example.com\r\nUser-Agent: curl/8.5\r\nAccept: */*\r\n\r\n"
RESPONSE = b"HTTP/1.1 200 OK\r\nServer: nginx/1.2\r\nContent-Type: text/html\r\nConnection: close\r\n\r\nbody"
REQUEST_SIGNATURE = (
    "1:Host,User-Agent,Accept=[*/*]:Connection,Accept-Encoding,Accept-Language,Accept-Charset,"
    "Keep-Alive:curl/8.5"
)
RESPONSE_SIGNATURE = "1:Server,Content-Type,Connection=[close]:Keep-Alive,Accept-Ranges,Date:nginx/1.2"


def requests(found: Conversation, **options: object) -> list[hg.HttpRequestObservation]:
    """The requests among them."""
    return [one.http_request for one in results(found, **options) if one.http_request]


def responses(found: Conversation) -> list[hg.HttpResponseObservation]:
    """The responses."""
    return [one.http_response for one in results(found) if one.http_response]


def request_of(head: bytes) -> hg.HttpRequestObservation:
    """The only request of a connection that begins with these bytes."""
    (found,) = requests(conversation().handshake().client(0, head))
    return found


def test_first_request_and_first_response_are_events() -> None:
    found = results(conversation().handshake().client(0, REQUEST + REQUEST).server(0, RESPONSE + RESPONSE))
    assert [one.packet_number for one in found] == [4, 5]
    request, response = found[0].http_request, found[1].http_response
    assert request is not None
    assert response is not None
    assert str(request.signature) == REQUEST_SIGNATURE
    assert str(response.signature) == RESPONSE_SIGNATURE
    assert (request.method, request.http_host, request.path, request.user_agent) == (
        *("GET", "example.com", None, "curl/8.5"),
    )
    assert (response.status, response.server_header) == (200, "nginx/1.2")
    assert (request.params, response.params, request.language) == ((), (), None)
    assert request.signature.headers == ("Host", "User-Agent", "Accept")
    assert (request.signature.http_version, request.source.port, response.source.port) == ("1.1", 40000, 80)


@pytest.mark.parametrize("cut", [1, 2])
def test_a_beginning_of_the_preface_of_http2_may_be_one_of_http1(cut: int) -> None:
    asked = REQUEST.replace(b"GET", b"PROPFIND")
    found = conversation().handshake().client(0, asked[:cut]).client(cut, asked[cut:])
    assert [one.method for one in requests(found)] == ["PROPFIND"]


def test_a_client_that_offers_http2_may_go_on_with_http1() -> None:
    """Its second request is no row, also where it begins like the preface."""
    offer = REQUEST.replace(b"Accept", b"Upgrade: h2c\r\nAccept")
    found = conversation().handshake().client(0, offer).server(0, RESPONSE).client(len(offer), b"P")
    found.client(len(offer) + 1, REQUEST.replace(b"GET", b"OST"))
    made = results(found)
    assert [(one.packet_number, one.http_request is not None) for one in made] == [(4, True), (5, False)]


@pytest.mark.parametrize("cut", range(1, len(REQUEST)))
def test_head_may_be_cut_anywhere(cut: int) -> None:
    found = conversation().handshake().client(0, REQUEST[:cut]).client(cut, REQUEST[cut:])
    assert [str(one.signature) for one in requests(found)] == [REQUEST_SIGNATURE]


def test_head_comes_byte_by_byte() -> None:
    found = conversation().handshake()
    for place in range(len(REQUEST)):
        found.client(place, REQUEST[place : place + 1])
    assert [one.packet_number for one in results(found)] == [3 + len(REQUEST)]


def test_order_and_repetition_of_segments_are_resolved() -> None:
    found = conversation().handshake().client(20, REQUEST[20:]).client(0, REQUEST[:30]).client(0, b"x" * 30)
    assert [str(one.signature) for one in requests(found)] == [REQUEST_SIGNATURE]


def test_data_in_syn_and_fin_count() -> None:
    found = conversation().handshake(REQUEST[:15]).client(15, REQUEST[15:]).server(0, RESPONSE, flags=1)
    assert len(results(found)) == 2


def test_handshake_need_not_be_captured() -> None:
    assert len(results(conversation().client(0, REQUEST).server(0, RESPONSE))) == 2
    assert len(responses(conversation().server(0, RESPONSE))) == 1


@pytest.mark.parametrize("status", [100, 102, 103])
def test_responses_that_announce_another_are_skipped(status: int) -> None:
    interim = b"HTTP/1.1 %d x\r\nA: b\r\n\r\n" % status
    asked = conversation().handshake().client(0, REQUEST)
    assert [one.status for one in responses(asked.server(0, interim + interim + RESPONSE))] == [200]


def test_response_that_switches_protocols_is_one() -> None:
    asked = conversation().handshake().client(0, REQUEST)
    assert [one.status for one in responses(asked.server(0, b"HTTP/1.1 101 x\r\n\r\n"))] == [101]


def test_response_before_the_request_is_whole_is_none() -> None:
    found = conversation().handshake().client(0, REQUEST[:20]).server(0, RESPONSE).client(20, REQUEST[20:])
    assert [(one.http_request is not None, one.http_response) for one in results(found)] == [(True, None)]


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS", "M-SEARCH"])
def test_methods(method: str) -> None:
    assert request_of(REQUEST.replace(b"GET", method.encode())).method == method


@pytest.mark.parametrize(
    ("target", "host", "path"),
    [
        (b"/a/b?c#d", "example.com", "/a/b"),
        (b"http://user:pw@other.example:81/p?q", "example.com", "/p"),
        (b"*", "example.com", "*"),
        (b"other.example:443", "example.com", None),
    ],
)
def test_paths_are_kept_on_request(target: bytes, host: str, path: str | None) -> None:
    found = conversation().handshake().client(0, REQUEST.replace(b"/a?b=c", target))
    (request,) = requests(found, http_paths=True)
    assert (request.http_host, request.path) == (host, path)
    assert requests(found)[0].path is None


@pytest.mark.parametrize(
    ("line", "host"),
    [
        (b"GET http://user:pw@other.example:81/p HTTP/1.1", "other.example:81"),
        (b"CONNECT other.example:443 HTTP/1.1", "other.example:443"),
        (b"GET /p HTTP/1.0", None),
    ],
)
def test_host_of_the_target(line: bytes, host: str | None) -> None:
    assert request_of(line + b"\r\n\r\n").http_host == host


@pytest.mark.parametrize(
    ("value", "name"),
    [(b"en-US,de;q=0.5", "English"), (b"de", "German"), (b"EN", None), (b"eng", None), (b"*", None)],
)
def test_languages(value: bytes, name: str | None) -> None:
    assert request_of(b"GET / HTTP/1.1\r\naccept-language: " + value + b"\r\n\r\n").language == name


def test_client_hints_name_the_platform() -> None:
    found = request_of(
        b'GET / HTTP/1.1\r\nsec-ch-ua-platform: "Windows"\r\nSec-CH-UA-Platform-Version: "15.0.0"\r\n\r\n'
    )
    assert (found.platform, found.platform_version) == ("Windows", "15.0.0")


def test_names_compare_without_case_and_are_shown_as_sent() -> None:
    found = request_of(b"GET / HTTP/1.1\r\nuser-agent: x/1\r\nhOsT: a\r\ncookie: b=c\r\n\r\n")
    assert (found.user_agent, found.http_host, found.params) == ("x/1", "a", ())
    assert str(found.signature).startswith("1:user-agent,hOsT,?cookie:Connection,")


VALUED = (
    b"GET / HTTP/1.1\r\nHost: a\r\nDNT: 1\r\nX-Tag: b|c\r\n"
    b"Cookie: 5ecre7\r\nX-Token: 5ecre7\r\nAccept: d\r\n\r\n"
)


def test_values_are_shown_on_request() -> None:
    """But not of headers that come and go, nor of those that may hold secrets."""
    found = conversation().handshake().client(0, VALUED)
    names, absent = "1:Host,DNT{},X-Tag{},?Cookie,X-Token,Accept=[d]", "User-Agent"
    (plain,) = requests(found)
    assert str(plain.signature).startswith(names.format("", "") + f":{absent},")
    (valued,) = requests(found, http_values=True)
    assert str(valued.signature).startswith(names.format("=[1]", "=[b|c]") + f":{absent},")


def test_values_are_shown_where_the_database_has_some() -> None:
    """Any value, also of a header that is optional there; but no secrets, and none in what is given away."""
    signature = "label = s:!:Tool:\nsys = @unix\nsig = *:Host,?X-Tag=[q],X-Token=[q]::\n"
    database = hg.Database.compile(text=f"classes = unix\n[http:request]\n{signature}")
    found = conversation().handshake().client(0, VALUED)
    (batch,) = list(hg.Analyzer(database).batches(pcap(found.timed(), nanoseconds=True)))
    shown = "1:Host,DNT,X-Tag=[b|c],?Cookie,X-Token,Accept=[d]:"
    (one,) = [result.http_request for result in batch.results() if result.http_request]
    assert str(one.signature).startswith(shown)
    for form in ("text", "json", "eve", "ecs"):
        assert shown.encode() in b"".join(batch.rendered(form))
    batch._hides_private = True
    assert shown.replace("=[b|c]", "").encode() in b"".join(batch.rendered("text"))


def test_software_of_a_database_shows_no_values() -> None:
    """A request has the header in which responses tell their software."""
    database = hg.Database.compile(text="[http:response]\nlabel = s:!:Tool:\nsys =\nsig = *:Date::nginx\n")
    found = conversation().handshake().client(0, b"GET / HTTP/1.1\r\nHost: a\r\nServer: nginx\r\n\r\n")
    (batch,) = list(hg.Analyzer(database).batches(pcap(found.timed(), nanoseconds=True)))
    (one,) = [result.http_request for result in batch.results() if result.http_request]
    assert str(one.signature).startswith("1:Host,Server:")


@pytest.mark.parametrize("form", ["text", "json", "eve", "ecs"])
def test_values_of_records(form: str) -> None:
    """Replaced addresses hide them again."""
    found = conversation().handshake().client(0, VALUED)
    analyzer = hg.Analyzer(None, http_values=True)
    (batch,) = list(analyzer.batches(pcap(found.timed(), nanoseconds=True)))
    for hides, shown in ((False, b"X-Tag=[b|c],?Cookie,X-Token,"), (True, b"X-Tag,?Cookie,X-Token,")):
        batch._hides_private = hides
        assert shown in b"".join(batch.rendered(form))


@pytest.mark.parametrize("workers", [1, 2])
def test_values_go_with_pickled_batches(workers: int) -> None:
    found = conversation().handshake().client(0, VALUED)
    analyzer = hg.Analyzer(None, http_values=True)
    (batch,) = list(analyzer.batches(pcap(found.timed(), nanoseconds=True), workers=workers))
    assert pickle.loads(pickle.dumps(batch)).render("json") == batch.render("json")


SECRETS = (
    "X-Auth",
    "Api-Key",
    "X-API_TOKEN",
    "c-o-o-k-i-e",
    "Session-Id",
    "my-secret",
    "Password",
    "Credentials",
    "pass.word",
)


@pytest.mark.parametrize("name", SECRETS)
def test_what_may_be_secret_is_not_even_kept(name: str) -> None:
    found = conversation().handshake().client(0, f"GET / HTTP/1.1\r\n{name}: 5ecre7\r\n\r\n".encode())
    (batch,) = list(hg.Analyzer(None, http_paths=True).batches(pcap(found.timed(), nanoseconds=True)))
    assert name.encode() in b"".join(batch.rendered("p0f"))
    assert b"5ecre7" not in b"".join(
        b"".join(batch.rendered(form)) for form in ("text", "json", "p0f", "eve")
    )
    assert b"5ecre7" not in b"".join(cells for cells in batch.__reduce__()[1][0])


@pytest.mark.parametrize(
    "head",
    [
        b"EHLO example.com\r\n\r\n",
        b"GET / HTTP/2.0\r\n\r\n",
        b"get key HTTP/1.1\r\n\r\n",
        b"g(t / HTTP/1.1\r\n\r\n",
        b"GET /\0 HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nName : a\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nA(b: c\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"no colon\r\n\r\n",
        b"\r\n" * 8 + b"\nGET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: " + b"b" * 20000 + b"\r\n\r\n",
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a" * 65 + b": b\r\n\r\n",
    ],
    ids=lambda head: repr(head[:30]),
)
def test_what_is_no_request(head: bytes) -> None:
    assert requests(conversation().handshake().client(0, head)) == []


@pytest.mark.parametrize("size", [1, 3, 100])
@pytest.mark.parametrize(
    "line", [b"get / HTTP/1.1", b"GeT /a HTTP/1.0", b"g3t * HTTP/1.1", b"x.y /b HTTP/1.1"]
)
def test_methods_are_any_token_before_a_path(line: bytes, size: int) -> None:
    """As many servers take them (RFC 9110, 9.1)."""
    data, found = line + b"\r\nHost: a\r\n\r\n", conversation().handshake()
    for place in range(0, len(data), size):
        found.client(place, data[place : place + size])
    assert len(requests(found)) == 1


HTTP_COUNTERS = tuple(name for name in hg.Stats.__dataclass_fields__ if name.startswith("http_"))
SETTINGS = bytes.fromhex("000000040000000000")
H2 = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


def counts_of(found: Conversation) -> dict[str, int]:
    """The counters of HTTP that are not zero."""
    analyzer = hg.Analyzer(None)
    list(analyzer.analyze_packets(found.timed()))
    stats = ((name, getattr(analyzer.stats, name)) for name in HTTP_COUNTERS)
    return {name: count for name, count in stats if count}


LOST = {
    "another protocol": (b"\x16\x03\x01GET / HTTP/1.1\r\n\r\n", {}),
    "a command in small letters": (b"get key\r\n", {}),
    "a path that is no request": (b"get /key\r\n", {"http_other": 1}),
    "a command of another protocol": (b"EHLO example.com\r\n", {"http_other": 1}),
    "another version": (b"GET / HTTP/2.0\r\n\r\n", {"http_other": 1}),
    "a line that is no header": (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", {"http_unreadable": 1}),
    "a first line of 9 KB": (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", {"http_too_long": 1}),
    "a head of 20 KB": (b"GET / HTTP/1.1\r\nA: " + b"b" * 20_000 + b"\r\n\r\n", {"http_too_long": 1}),
    "101 headers": (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 101 + b"\r\n", {"http_cut": 1}),
    "HTTP/2 without SETTINGS": (H2 + SETTINGS.replace(b"\4", b"\6"), {"http_unreadable": 1}),
    "HTTP/2 without a request": (H2 + SETTINGS * 2000, {"http_too_long": 1}),
}


@pytest.mark.parametrize("name", LOST)
@pytest.mark.parametrize("size", [1, 700, 100_000])
def test_what_is_lost_of_a_client_is_counted_by_reason(name: str, size: int) -> None:
    """However it is cut. A request is no loss."""
    data, counts = LOST[name]
    found = conversation().handshake()
    for place in range(0, len(data), size):
        found.client(place, data[place : place + size])
    assert counts_of(found) == counts


LOST_ANSWERS = {
    "another protocol": (b"220 ready\r\n", {}),
    "a first line with a control": (b"HTTP/1.1 200\x01OK\n\n", {"http_other": 1}),
    "something else behind an interim response": (
        b"HTTP/1.1 100 x\r\n\r\n\0",
        {"http_interim": 1, "http_other": 1},
    ),
    "a line that is no header": (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", {"http_unreadable": 1}),
    "something that begins with a zero": (bytes(20), {"http_other": 1}),
    "HTTP/2 that breaks a rule": (SETTINGS + bytes.fromhex("000000010400000000"), {"http_unreadable": 1}),
}


@pytest.mark.parametrize("name", LOST_ANSWERS)
def test_what_is_lost_of_a_server_is_counted_by_reason(name: str) -> None:
    data, counts = LOST_ANSWERS[name]
    assert counts_of(conversation().handshake().client(0, REQUEST).server(0, data)) == counts


def test_answers_that_come_too_early_are_counted() -> None:
    """Once, and not where the client speaks something else."""
    found = conversation().handshake().client(0, REQUEST[:20]).server(0, RESPONSE).server(len(RESPONSE), b"x")
    assert counts_of(found.client(20, REQUEST[20:])) == {"http_early": 1}
    assert counts_of(conversation().handshake().client(0, b"\x16\x03").server(0, RESPONSE)) == {}


def test_interim_responses_are_counted() -> None:
    analyzer = hg.Analyzer(None)
    asked = conversation().handshake().client(0, REQUEST)
    list(analyzer.analyze_packets(asked.server(0, b"HTTP/1.1 100 x\r\n\r\n").timed()))
    assert analyzer.stats.http_interim == 1


def given_up(found: Conversation) -> tuple[int, int, int]:
    """Of a run without a message: heads that were too long, and streams too long or with too many gaps."""
    analyzer = hg.Analyzer(None)
    made = list(analyzer.analyze_packets(found.timed()))
    assert not any(one.http_request or one.http_response for one in made)
    stats = analyzer.stats
    return stats.http_too_long, stats.streams_too_long, stats.streams_with_gap


def test_a_head_that_never_ends_is_given_up_at_its_bound() -> None:
    """A byte a packet: what is looked at once is not looked at again, and a head that came late is none."""
    found = conversation().handshake().client(0, b"GET / HTTP/1.1\r\n")
    for number in range(17_000):
        found.client(16 + number, b"A: b\r\n"[number % 6 :][:1])
    assert given_up(found.client(17_016, b"\r\n\r\n")) == (1, 0, 0)


@pytest.mark.parametrize("start", [b"GET / HTTP/1.1\r\nA: ", b"GET /"])
def test_lines_of_100_kb_are_given_up(start: bytes) -> None:
    found = conversation().handshake()
    stream = start + 100_000 * b"a" + b" HTTP/1.1\r\n\r\n"
    for place in range(0, len(stream), 1000):
        found.client(place, stream[place : place + 1000])
    assert given_up(found) == (1, 0, 0)


def test_gaps_beyond_their_bound_are_counted() -> None:
    found = conversation().handshake()
    for number in range(80, 0, -2):
        found.client(number, b"a")
    assert given_up(found.client(0, REQUEST)) == (0, 0, 1)


def test_33_headers_are_a_row_that_no_signature_names() -> None:
    database = hg.Database.compile(
        text="classes = unix\n[http:request]\nua_os = Linux\nlabel = s:!:Any:\nsys = @unix\nsig = *:A::\n"
    )
    for count, name in ((32, "Any"), (33, None)):
        head = b"GET / HTTP/1.1\r\n" + count * b"A: b\r\n" + b"\r\n"
        results = hg.Analyzer(database).analyze_packets(conversation().handshake().client(0, head).timed())
        (request,) = [one.http_request for one in results if one.http_request]
        assert (request.match.name if request.match else None) == name
        assert len(request.signature.headers) == count


def test_the_first_100_headers_are_a_row() -> None:
    names = [f"X-{number}" for number in range(150)]
    found = request_of(
        "".join(["GET / HTTP/1.1\r\n", *(f"{name}: a\r\n" for name in names), "\r\n"]).encode()
    )
    assert found.signature.headers == tuple(names[:100])


def test_empty_lines_before_a_request_are_passed_over() -> None:
    """RFC 9112, 2.2: also where they come alone, and where the handshake was not captured."""
    for http in ("first", "all"):
        for empty in (b"\r\n", b"\n", b"\r\n" * 8):
            data = empty + REQUEST
            for cut in range(1, len(data)):
                found = conversation().handshake().client(0, data[:cut]).client(cut, data[cut:])
                assert [str(one.signature) for one in requests(found, http=http)] == [REQUEST_SIGNATURE]
            without = conversation().client(0, data).server(0, RESPONSE)
            assert len(results(without, http=http)) == 2


def test_names_are_tokens() -> None:
    """RFC 9110, 5.6.2."""
    names = ["X.Y", "!#$%&'*+-.^_`|~", "A1"]
    found = request_of(
        "".join(["GET / HTTP/1.1\r\n", *(f"{name}: a\r\n" for name in names), "\r\n"]).encode()
    )
    assert found.signature.headers == tuple(names)


def test_names_with_bars_do_not_forge_fields_of_a_log() -> None:
    found = conversation().handshake().client(0, b"GET / HTTP/1.1\r\nA|srv: b\r\n\r\n")
    (batch,) = list(hg.Analyzer(None).batches(pcap(found.timed(), nanoseconds=True)))
    (line,) = [line for line in batch.render("p0f").decode().splitlines() if "http request" in line]
    assert line.count("|") == 7
    assert "1:A\\x7csrv=[b]:" in line


def test_columns_have_no_blanks_around_values_and_the_signature_has_those_of_p0f() -> None:
    found = request_of(b"GET / HTTP/1.1\r\nHost:\t  a \r\nUser-Agent:   x y\t \r\nAccept:  b \r\n\r\n")
    assert (found.http_host, found.user_agent) == ("a", "x y")
    assert str(found.signature).startswith("1:Host,User-Agent,Accept=[ b ]:")
    asked = conversation().handshake().client(0, REQUEST)
    (answer,) = responses(asked.server(0, b"HTTP/1.1 200 OK\r\nServer:  s \r\n\r\n"))
    assert answer.server_header == "s"


def test_values_end_at_a_nul_and_lines_at_a_cr() -> None:
    found = request_of(b"GET / HTTP/1.1\r\nUser-Agent: cu\0rl/7\r\nHost: a\r\n\rX-Y: 1\r\n\r\n")
    assert found.user_agent == "cu"
    assert found.signature.headers == ("User-Agent", "Host")


def test_protocols_choose_what_is_read() -> None:
    found = conversation().handshake().client(0, REQUEST).server(0, RESPONSE)
    assert results(found, protocols=("tcp", "tls")) == []
    alone = list(hg.Analyzer(None, protocols=("http",)).analyze_packets(found.timed()))
    assert [result.parts for result in alone] == [result.parts for result in results(found)]


def test_bars_do_not_forge_fields_of_a_log() -> None:
    found = conversation().handshake()
    found.client(0, b"GET / HTTP/1.1\r\nX-A: a|srv=9\r\nUser-Agent: x|os=y\r\n\r\n")
    (batch,) = list(hg.Analyzer(None).batches(pcap(found.timed(), nanoseconds=True)))
    (line,) = [line for line in batch.render("p0f").decode().splitlines() if "http request" in line]
    assert line.count("|") == 7
    assert "X-A=[a\\x7csrv=9]" in line
    assert line.endswith(":x\\x7cos=y")


def test_a_repeated_fin_leaves_the_other_half_open() -> None:
    """The receiver of a FIN may go on sending, and the sender repeats its FIN if no answer reaches it."""
    request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    by_server = conversation().handshake().server(0, b"", FIN).server(0, b"", FIN).client(0, request)
    end = len(request)
    by_client = conversation().handshake().client(0, request).client(end, b"", FIN).client(end, b"", FIN)
    for found in (by_server, by_client.server(0, answer, acked=end + 1)):
        (batch,) = list(hg.Analyzer(None, protocols=("http",)).batches(pcap(found.timed(), nanoseconds=True)))
        assert len(batch) >= 1
        assert set(batch["flow"].tolist()) == {1}


GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


def ended(first: str = "client", flags: int = FIN) -> Conversation:
    """A connection with one request, which its ends closed."""
    found = conversation().handshake().client(0, GET)
    if flags == RST:
        return found.client(len(GET), b"", RST) if first == "client" else found.server(0, b"", RST, len(GET))
    if first == "client":
        return found.client(len(GET), b"", FIN).server(0, b"", FIN, len(GET) + 1)
    return found.server(0, b"", FIN, len(GET)).client(len(GET), b"", FIN)


def flows_of_requests(packets: list[tuple[int, bytes]]) -> list[int]:
    """The flow of each request."""
    (batch,) = hg.Analyzer(None, protocols=("http",)).batches(pcap(packets, nanoseconds=True))
    return [
        int(flow)
        for flow, is_answer in zip(batch["flow"], batch["from_server"], strict=True)
        if not is_answer
    ]


@pytest.mark.parametrize("first", ["client", "server"])
@pytest.mark.parametrize("flags", [FIN, RST])
@pytest.mark.parametrize("place", [0, 1, 5000, 2**20])
def test_ended_connections_take_no_data(first: str, flags: int, place: int) -> None:
    """A receiver in TIME-WAIT or without a connection ignores data (RFC 9293, 3.10.7)."""
    assert flows_of_requests(ended(first, flags).client(len(GET) + place, GET).timed()) == [1]


@pytest.mark.parametrize("flags", [FIN, RST])
def test_a_new_handshake_on_the_same_ports_opens_a_connection(flags: int) -> None:
    """The second connection is opened by its SYN, or by its SYN+ACK if the SYN was not captured."""
    found = ended(flags=flags)
    before = len(found.packets)
    whole = found.handshake().client(0, GET).timed()
    assert flows_of_requests(whole) == [1, before + 1]
    assert len(flows_of_requests(whole[:before] + whole[before + 1 :])) == 2


def test_a_minute_after_its_end_a_connection_may_begin_without_its_handshake() -> None:
    """Systems keep TIME-WAIT for a minute. Then the sensor may have missed a new handshake."""
    packets = ended().client(7000, GET).timed()
    for seconds, requests_found in ((30, 1), (62, 2)):
        time, last = packets[-1]
        moved = [*packets[:-1], (time + seconds * 10**9, last)]
        assert len(flows_of_requests(moved)) == requests_found


def test_bytes_captured_after_the_end_belong_to_their_connection() -> None:
    """Captures of two interfaces are not in order: the FIN shows which bytes are missing."""
    found = conversation().handshake().client(0, GET[:9]).client(len(GET), b"", FIN)
    found.server(0, b"", FIN, len(GET) + 1).client(9, GET[9:]).client(len(GET), GET)
    assert flows_of_requests(found.timed()) == [1]


def test_an_end_sends_nothing_after_its_fin() -> None:
    """Its receiver ignores data at and after the number of the FIN (RFC 9293, 3.10.7.4)."""
    for place in (0, 1):
        found = conversation().handshake().client(0, b"", FIN).client(place, GET)
        assert not requests(found)
