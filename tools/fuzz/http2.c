/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * http2.c - the first HTTP/2 message, and separate header blocks.
 *
 * Input: the kind (0 client, 1 server, 2 blocks), a length (2), and the bytes. The first bytes of that length must give
 * the same as all bytes, unless more are needed; then continuing gives the same. A position where no call stopped must do
 * no harm. Blocks: each after its length (1).
 */
#include "fuzz.h"

#include "base/bytes.h"
#include "http/h2.h"
#include "http/message.h"

static hg_h2_room room;

static int is_set(hg_http_head_state found, const hg_h2_message *m)
{
    return found == HG_HTTP_WHOLE || (found == HG_HTTP_TOO_LONG && m->pseudo_count > 0);
}

static void check_text(const hg_http_head *head, hg_http_text text, uint32_t *texts)
{
    FUZZ_CHECK((uint32_t)text.offset + text.length <= head->length);
    *texts += text.length;
}

static void check_message(const uint8_t *data, uint32_t length, const hg_h2_message *m)
{
    char shown[64];
    size_t all;
    uint32_t texts = 0;
    const hg_http_head *head = &m->head;
    FUZZ_CHECK(m->end <= length && head->length <= HG_HTTP_MOST_HEAD && head->field_count <= HG_HTTP_MOST_FIELDS);
    FUZZ_CHECK(m->pseudo_count > 0 && m->pseudo_count <= HG_H2_MOST_PSEUDO && (head->status >= 200) == head->response);
    check_text(head, head->method, &texts);
    check_text(head, head->target, &texts);
    check_text(head, head->authority, &texts);
    for (uint32_t i = 0; i < head->field_count; i++) {
        check_text(head, head->fields[i].name, &texts);
        check_text(head, head->fields[i].value, &texts);
        FUZZ_CHECK(head->fields[i].name.length > 0 && head->fields[i].name.length <= HG_HTTP_MOST_NAME);
    }
    FUZZ_CHECK(texts <= HG_HTTP_MOST_HEAD);
    if (!head->response) {
        hg_akamai_text(data, m, shown, sizeof shown, &all);
        FUZZ_CHECK(all >= 6 && all < 4 * HG_HTTP_MOST_HEAD);
    }
}

static hg_http_head_state read_exactly(const uint8_t *data, uint32_t length, int from_server, hg_h2_scan *scan,
                                hg_h2_message *out)
{
    uint8_t *exact = fuzz_copy(data, length);
    hg_http_head_state found = hg_h2_read(&room, exact, length, from_server, scan, out);
    if (is_set(found, out))
        check_message(exact, length, out);
    free(exact);
    return found;
}

static void read_message(const uint8_t *data, uint32_t length, uint32_t cut, int from_server)
{
    static hg_h2_message all, some;
    hg_h2_scan at_once = {0}, in_two = {0}, wrong = {.walked = (uint16_t)(cut % (HG_HTTP_MOST_HEAD + 1)), .in_block = cut & 1};
    hg_http_head_state found = read_exactly(data, length, from_server, &at_once, &all);
    hg_http_head_state before = read_exactly(data, cut < length ? cut : length, from_server, &in_two, &some);
    FUZZ_CHECK(before == found || before == HG_HTTP_MORE);
    if (before == HG_HTTP_MORE)
        FUZZ_CHECK(read_exactly(data, length, from_server, &in_two, &some) == found);
    if (is_set(found, &all))
        FUZZ_CHECK(memcmp(&some, &all, offsetof(hg_h2_message, pseudo)) == 0);
    read_exactly(data, length, from_server, &wrong, &some);
}

static void read_blocks(fuzz_input *input)
{
    hg_hpack_begin(&room.table, room.text, sizeof room.text);
    while (input->left > 0) {
        uint32_t count = 0;
        const size_t length = fuzz_byte(input);
        const fuzz_input part = fuzz_part(input, length);
        uint8_t *block = fuzz_copy(part.at, part.left);
        hg_hpack_read(&room.table, block, (uint32_t)part.left, room.fields, HG_HTTP_MOST_FIELDS, &count);
        FUZZ_CHECK(count <= HG_HTTP_MOST_FIELDS && room.table.used <= sizeof room.text);
        FUZZ_CHECK(room.table.size <= room.table.limit && room.table.count <= HG_HPACK_MOST_ENTRIES);
        free(block);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = {data, size};
    uint8_t head[3];
    fuzz_take(&input, head, sizeof head);
    if (head[0] % 3 == 2)
        read_blocks(&input);
    else
        read_message(input.at, (uint32_t)input.left, hg_le16(head + 1), head[0] % 3);
    return 0;
}
