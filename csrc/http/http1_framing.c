/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "http/http1_framing.h"

int hg_http1_framing_is_sound(const hg_http1_framing *framing)
{
    return framing->bodies[0].part < HG_HTTP_BROKEN && framing->bodies[1].part < HG_HTTP_BROKEN &&
           framing->unusual_count <= HG_HTTP_MOST_UNUSUAL;
}

hg_bytes hg_http1_framing_rest(hg_http1_framing *framing, int from_server, const hg_bytes *bytes)
{
    hg_http_body *body = framing->bodies + from_server;
    uint32_t *position = framing->positions + from_server;
    const uint32_t missing = bytes->offset - *position;
    if (missing <= HG_MOST_PASSED) {
        hg_http_body_skip(body, missing);
        *position = bytes->offset;
    }
    uint32_t at = *position - bytes->offset;
    if (at > bytes->length)
        at = bytes->length;
    at += hg_http_body_pass(body, bytes->data + at, bytes->length - at);
    *position = bytes->offset + at;
    const uint32_t length = body->part == HG_HTTP_NO_BODY ? bytes->length - at : 0;
    return (hg_bytes){.data = bytes->data + at, .length = length, .offset = *position};
}

uint32_t hg_http1_framing_keep(const hg_http1_framing *framing, int from_server)
{
    const uint32_t most = hg_http_body_most(framing->bodies + from_server);
    return framing->positions[from_server] + (most < HG_MOST_PASSED ? most : HG_MOST_PASSED);
}

/* The kind of the request that the next response answers. A response without a request is read as usual. */
static hg_http_request_kind answer(hg_http1_framing *framing)
{
    hg_http_request_kind asked = HG_HTTP_ASKED;
    if (!hg_http1_framing_waits(framing))
        return asked;
    if (framing->unusual_count > 0 && framing->unusual[0] == framing->responses) {
        asked = (hg_http_request_kind)framing->kinds[0];
        framing->unusual_count--;
        memmove(framing->unusual, framing->unusual + 1, framing->unusual_count * sizeof *framing->unusual);
        memmove(framing->kinds, framing->kinds + 1, framing->unusual_count);
    }
    framing->responses++;
    return asked;
}

static void ask(hg_http1_framing *framing, hg_http_request_kind asked)
{
    if (asked != HG_HTTP_ASKED && framing->unusual_count < HG_HTTP_MOST_UNUSUAL) {
        framing->unusual[framing->unusual_count] = framing->requests;
        framing->kinds[framing->unusual_count++] = (uint8_t)asked;
    }
    framing->requests++;
}

hg_http_part hg_http1_framing_took(hg_http1_framing *framing, const hg_http_head *head, uint32_t end)
{
    const int side = head->response;
    hg_http_request_kind asked = HG_HTTP_ASKED;
    if (head->response)
        asked = answer(framing);
    else
        ask(framing, hg_http_asks(head));
    const hg_http_body body = hg_http_body_begin(head, asked);
    framing->positions[side] = end;
    if (body.part < HG_HTTP_BROKEN)
        framing->bodies[side] = body;
    return (hg_http_part)body.part;
}
