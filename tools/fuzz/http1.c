/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * http1.c - the head of an HTTP/1 message.
 *
 * Input: the kind (0 request, 1 response), where the bytes are cut (2), and the bytes. Two calls that look for the end,
 * the first with the bytes up to the cut, must find the same as one call. Parsed parts must lie within the head, and the
 * stored head must give the same when read again. Its body, and the bytes as a chunked body, must end at the same place
 * with and without the cut.
 */
#include "fuzz.h"

#include "announcements/announced.h"
#include "announcements/upnp.h"
#include "base/bytes.h"
#include "http/http1_framing.h"
#include "http/message.h"
#include "http/values.h"

static void check_text(const hg_http_head *head, hg_http_text text)
{
    FUZZ_CHECK((uint32_t)text.offset + text.length <= head->length);
}

static int is_same(const hg_http_head *a, hg_http_text in_a, const hg_http_head *b, hg_http_text in_b)
{
    return in_a.length == in_b.length && memcmp(a->bytes + in_a.offset, b->bytes + in_b.offset, in_a.length) == 0;
}

static void check_stored(const hg_http_head *head)
{
    static uint8_t out[HG_HTTP_MOST_STORED];
    static hg_http_head stored, again;
    const uint32_t length = hg_http_store(head, (hg_http_settings){.paths = 1, .values = 1}, out, &stored);
    FUZZ_CHECK(length <= sizeof out);
    uint8_t *exact = fuzz_copy(out, length);
    FUZZ_CHECK(hg_http_stored_read(exact, length, &again));
    FUZZ_CHECK(again.field_count == head->field_count && again.status == head->status);
    FUZZ_CHECK(again.response == head->response && again.version == head->version);
    FUZZ_CHECK(is_same(head, head->method, &again, again.method));
    for (uint32_t i = 0; i < head->field_count; i++) {
        FUZZ_CHECK(is_same(head, head->fields[i].name, &again, again.fields[i].name));
        FUZZ_CHECK(again.fields[i].value.length == 0 ||
                   is_same(head, head->fields[i].value, &again, again.fields[i].value));
    }
    free(exact);
}

static void read_head(const uint8_t *data, uint32_t end, int response)
{
    static hg_http_head head;
    uint8_t *exact = fuzz_copy(data, end);
    if (hg_http_read(exact, end, response, &head)) {
        FUZZ_CHECK(head.length == end && head.field_count <= HG_HTTP_MOST_FIELDS && head.status < 1000);
        FUZZ_CHECK((head.method.length > 0) == !response && head.method.length <= HG_HTTP_MOST_NAME);
        check_text(&head, head.method);
        check_text(&head, head.target);
        for (uint32_t i = 0; i < head.field_count; i++) {
            check_text(&head, head.fields[i].name);
            check_text(&head, head.fields[i].value);
            FUZZ_CHECK(head.fields[i].name.length > 0 && head.fields[i].name.length <= HG_HTTP_MOST_NAME);
        }
        check_stored(&head);
    }
    free(exact);
}

static hg_http_head_state find_exactly(const uint8_t *data, uint32_t length, int response, hg_http_scan *scan, uint32_t *end)
{
    uint8_t *exact = fuzz_copy(data, length);
    hg_http_head_state found = hg_http_find(exact, length, response, scan, end);
    FUZZ_CHECK(scan->scanned <= length && (found != HG_HTTP_WHOLE || (*end > 0 && *end <= length)));
    free(exact);
    return found;
}

static uint32_t skip_exactly(hg_http_body *body, const uint8_t *data, uint32_t length)
{
    uint8_t *exact = fuzz_copy(data, length);
    const uint32_t passed = hg_http_body_skip(body, exact, length);
    FUZZ_CHECK(passed <= length);
    free(exact);
    return passed;
}

/* Two calls must skip as much as one. */
static void skip_body(hg_http_body body, const uint8_t *data, uint32_t length, uint32_t cut)
{
    hg_http_body in_two = body;
    const uint32_t at_once = skip_exactly(&body, data, length);
    uint32_t at = skip_exactly(&in_two, data, cut < length ? cut : length);
    at += skip_exactly(&in_two, data + at, length - at);
    FUZZ_CHECK(body.part == in_two.part && body.left == in_two.left && at == at_once);
}

/* Reads a body as the description of a device, whose announcement must be a list. */
static void describe(const uint8_t *data, uint32_t length)
{
    const hg_packet packet = {0};
    const hg_frame frame = {0};
    hg_batch batch;
    hg_stats stats = {0};
    hg_event_values values;
    uint8_t scope = HG_SCOPE_HANDSHAKE, *exact = fuzz_copy(data, length);
    fuzz_batch_make(&batch, 1);
    fuzz_batch_clear(&batch);
    batch.text_count = 0;
    const hg_reader_output to = {.batch = &batch, .stats = &stats, .values = &values, .packet = &packet,
                                 .frame = &frame, .scope = &scope};
    if (hg_upnp_read(hg_span_of(exact, length), 0, &to) == HG_UPNP_FOUND) {
        hg_announcement_row row = {.records = batch.texts, .length = batch.text_count};
        hg_announcement_text text;
        uint32_t at = 0;
        while (hg_announced_next(&row, &at, &text))
            FUZZ_CHECK(text.kind == HG_SAYS_DEVICE_TYPE || text.kind == HG_SAYS_DISCOVERY ||
                       text.kind == HG_DESCRIPTION_PLACE);
        FUZZ_CHECK(at == row.length && at > 0);
    }
    fuzz_batch_free(&batch);
    free(exact);
}

static void read_body(const uint8_t *data, uint32_t length, uint32_t end, uint32_t cut, int response)
{
    static hg_http_head head;
    uint8_t *exact = fuzz_copy(data, end);
    if (hg_http_read(exact, end, response, &head))
        skip_body(hg_http_body_begin(&head, response ? HG_HTTP_REQUEST_OTHER : hg_http_kind_of_request(&head)), data + end, length - end, cut);
    free(exact);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = {data, size};
    uint8_t head[3];
    fuzz_take(&input, head, sizeof head);
    const int response = head[0] & 1;
    const uint32_t length = (uint32_t)input.left;
    if (length == 0)
        return 0;
    const uint32_t cut = 1 + hg_le16(head + 1) % length;
    uint32_t end = 0, end_in_two = 0;
    hg_http_scan at_once = {0}, in_two = {0};
    hg_http_head_state found = find_exactly(input.at, length, response, &at_once, &end);
    hg_http_head_state first = find_exactly(input.at, cut, response, &in_two, &end_in_two);
    if (first == HG_HTTP_MORE)
        first = find_exactly(input.at, length, response, &in_two, &end_in_two);
    FUZZ_CHECK(first == found && end == end_in_two);
    if (found == HG_HTTP_WHOLE) {
        read_head(input.at, end, response);
        read_body(input.at, length, end, cut, response);
        describe(input.at + end, length - end);
    }
    skip_body((hg_http_body){.part = HG_HTTP_SIZE}, input.at, length, cut);
    hg_http_begins(input.at, length);
    return 0;
}
