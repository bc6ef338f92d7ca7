"""HPACK of the core: RFC 7541's examples, another program's encoder and decoder, and what breaks a rule."""

from __future__ import annotations

import pytest
from hpack import Decoder, Encoder, HPACKError
from hpack.hpack import encode_integer
from hypothesis import example, given
from hypothesis import strategies as st

from tests.http2.asking import CoreReader

Fields = list[tuple[bytes, bytes]]

# RFC 7541, appendix C.2 to C.6, and the sizes of the table that it tells. In C.5 and C.6 the table has 256
# bytes, which the blocks do not say; here the first one does.
SMALL = "3fe101"
EXAMPLES = {
    "C.2.1": (["400a637573746f6d2d6b65790d637573746f6d2d686561646572"], [55]),
    "C.2.2": (["040c2f73616d706c652f70617468"], [0]),
    "C.2.3": (["100870617373776f726406736563726574"], [0]),
    "C.2.4": (["82"], [0]),
    "C.3": (
        [
            "828684410f7777772e6578616d706c652e636f6d",
            "828684be58086e6f2d6361636865",
            "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
        ],
        [57, 110, 164],
    ),
    "C.4": (
        [
            "828684418cf1e3c2e5f23a6ba0ab90f4ff",
            "828684be5886a8eb10649cbf",
            "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
        ],
        [57, 110, 164],
    ),
    "C.5": (
        [
            SMALL + "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a3231"
            "20474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d",
            "4803333037c1c0bf",
            "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d41"
            "53444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b207665727369"
            "6f6e3d31",
        ],
        [222, 222, 215],
    ),
    "C.6": (
        [
            SMALL + "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863"
            "c78f0b97c8e9ae82ae43d3",
            "4883640effc1c0bf",
            "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd"
            "5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
        ],
        [222, 222, 215],
    ),
}
PRIVATE = (b"cache-control", b"private")
DATE = (b"date", b"Mon, 21 Oct 2013 20:13:21 GMT")
LOCATION = (b"location", b"https://www.example.com")
COOKIE = (b"set-cookie", b"foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1")
LATER = (b"date", b"Mon, 21 Oct 2013 20:13:22 GMT")
ANSWERS = [
    [(b":status", b"302"), PRIVATE, DATE, LOCATION],
    [(b":status", b"307"), PRIVATE, DATE, LOCATION],
    [(b":status", b"200"), PRIVATE, LATER, LOCATION, (b"content-encoding", b"gzip"), COOKIE],
]

TOKENS = st.sampled_from([b"user-agent", b"x-a", b"cookie", b":path", b"x" * 60, b"\xffodd\x00"])
TEXTS = st.one_of(st.binary(max_size=12), st.text(max_size=40).map(str.encode), st.just(b"v" * 900))
FIELDS = st.lists(st.tuples(st.one_of(TOKENS, st.binary(max_size=8)), TEXTS), max_size=12)


def _decoded(*blocks: bytes) -> list[Fields]:
    decoder = Decoder()
    return [[(bytes(n), bytes(v)) for n, v in decoder.decode(block, raw=True)] for block in blocks]


def _string(text: bytes, huffman: bool = False) -> bytes:
    head = encode_integer(len(text), 7)
    head[0] |= 0x80 if huffman else 0
    return bytes(head) + text


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(reader: CoreReader, name: str) -> None:
    blocks, sizes = EXAMPLES[name]
    found = reader.blocks(*map(bytes.fromhex, blocks))
    assert [block.result for block in found] == ["good"] * len(blocks)
    assert [block.size for block in found] == sizes
    assert [list(block.fields) for block in found] == _decoded(*map(bytes.fromhex, blocks))
    if name in ("C.5", "C.6"):
        assert [list(block.fields) for block in found] == ANSWERS
        assert [len(block.entries) for block in found] == [4, 4, 3]
        assert found[-1].entries[0][0] == b"set-cookie"


def test_every_entry_of_the_static_table(reader: CoreReader) -> None:
    block = b"".join(bytes((0x80 | index,)) for index in range(1, 62))
    assert list(reader.blocks(block)[0].fields) == _decoded(block)[0]


def test_every_byte_in_huffman_code(reader: CoreReader) -> None:
    encoder = Encoder()
    texts = [bytes((byte,)) * count for byte in range(256) for count in (1, 2, 7)]
    texts += [bytes(range(256)), bytes(range(255, -1, -1))]
    blocks = [encoder.encode([(b"n", text)], huffman=True) for text in texts]
    for start in range(0, len(blocks), 100):
        encoder = Encoder()
        part = [encoder.encode([(b"n", text, True)], huffman=True) for text in texts[start : start + 100]]
        found = reader.blocks(*part)
        assert [block.fields for block in found] == [((b"n", text),) for text in texts[start : start + 100]]


@given(blocks=st.lists(FIELDS, min_size=1, max_size=5), huffman=st.booleans(), sizes=st.data())
def test_what_another_program_packs(
    reader: CoreReader, blocks: list[Fields], huffman: bool, sizes: st.DataObject
) -> None:
    encoder = Encoder()
    packed = []
    for fields in blocks:
        if sizes.draw(st.booleans()):
            encoder.header_table_size = sizes.draw(st.integers(0, 4096))
        packed.append(encoder.encode(fields, huffman=huffman))
    found = reader.blocks(*packed)
    for fields, block in zip(blocks, found, strict=True):
        if block.result == "no_room":
            break
        assert (block.result, list(block.fields)) == ("good", fields)
        assert block.size == sum(32 + len(name) + len(value) for name, value in block.entries) <= 4096


@given(fields=FIELDS, at=st.integers(0, 10_000), byte=st.integers(0, 255), cut=st.integers(0, 10_000))
@example(fields=[(b"n", b"v")], at=0, byte=0x1F, cut=9)
def test_damage_is_read_as_another_program_reads_it(
    reader: CoreReader, fields: Fields, at: int, byte: int, cut: int
) -> None:
    block = bytearray(Encoder().encode(fields))
    if block:
        block[at % len(block)] = byte
    damaged = bytes(block[: cut % (len(block) + 1) or None])
    (found,) = reader.blocks(damaged or b"\x82")
    try:
        expected = _decoded(damaged or b"\x82")[0]
    except (HPACKError, UnicodeDecodeError):
        return
    assert found.result == "bad" or list(found.fields) == expected


BAD = {
    "index 0": b"\x80",
    "an index behind the table": b"\xbe",
    "an index behind the table, of a name": b"\x7f\x00\x01v",
    "an index that is cut": b"\xff",
    "an index that does not end": b"\xff" + b"\x80" * 20,
    "an index of more than 32 bits": b"\xff\xff\xff\xff\xff\x7f",
    "a text behind the end": b"\x40\x05abc",
    "a text without its length": b"\x40",
    "a value that is missing": b"\x40\x01a",
    "a length of 4 GB": b"\x40\x7f\x80\xff\xff\xff\x0fa",
    "the end of text in a text": b"\x40\x84\xff\xff\xff\xff\x00",
    "padding of a whole byte": b"\x40\x82\x1f\xff\x00",
    "padding of zeros": b"\x40\x81\x18\x00",
    "a code that is cut": b"\x40\x81\xff\x00",
    "a size of the table behind a field": b"\x82\x20",
    "a size that is cut": b"\x3f",
}


@pytest.mark.parametrize("name", BAD)
def test_what_breaks_a_rule(reader: CoreReader, name: str) -> None:
    with pytest.raises(HPACKError):
        _decoded(BAD[name])
    assert [block.result for block in reader.blocks(BAD[name])] == ["bad"]


def test_a_name_that_counts_on_a_dropped_entry_is_refused(reader: CoreReader) -> None:
    add = b"\x40" + _string(b"n" * 10) + _string(b"v" * 2000)
    assert [block.result for block in reader.blocks(add, add, add, b"\xc0")] == ["good"] * 3 + ["bad"]
    assert [len(block.entries) for block in reader.blocks(add, b"\x20", add)] == [1, 0, 0]
    too_large = b"\x40" + _string(b"n") + _string(b"v" * 5000)
    assert [len(block.entries) for block in reader.blocks(add, too_large, b"\xbe")] == [1, 0, 0]


def test_a_table_that_the_other_end_made_larger(reader: CoreReader) -> None:
    """Its young entries have the same indices in both; old ones are refused, not taken for others."""
    larger = encode_integer(65536, 5)
    larger[0] |= 0x20
    adds = [b"\x40" + _string(b"%d" % number) + _string(b"v" * 1000) for number in range(6)]
    blocks = [bytes(larger) + adds[0], *adds[1:], b"\xbe\xbf\xc0", b"\xc1"]
    found = reader.blocks(*blocks)
    assert [name for name, _ in found[6].fields] == [b"5", b"4", b"3"]
    assert [block.result for block in found] == ["good"] * 7 + ["bad"]


def test_bombs_stay_small(reader: CoreReader) -> None:
    """A block of few bytes that claims many: fields, and their text, have a bound."""
    entry = b"\x40" + _string(b"n") + _string(b"v" * 4000)
    many = reader.blocks(entry + b"\xbe" * 16_000)
    assert (many[0].result, len(many[0].fields)) == ("no_room", 105)
    literals = reader.blocks(*[b"\x00" + _string(b"n" * 100) + _string(b"v" * 8000)] * 4)
    assert [block.result for block in literals] == ["good", "good", "no_room", "no_room"]
    packed = b"\x00" + _string(b"n") + _string(b"\x00" * 15_000, huffman=True)
    assert reader.blocks(packed)[0].result == "no_room"
