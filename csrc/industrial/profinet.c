/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * profinet.c - PROFINET's discovery and configuration (DCP, IEC 61158-6-10), in frames without IP. A device's answers
 * state
 *
 *     profinet vendor NUMBER      of PROFIBUS & PROFINET International
 *     profinet device NUMBER      of the vendor
 *     profinet type NAME
 *     profinet role NUMBER        bits: 1 device, 2 controller, 4 another, 8 supervisor
 *
 * and its address. The name of the station is private. An order to another device to take an address or a name states
 *
 *     profinet set
 */
#include "industrial/protocol.h"
#include "packet/linktype.h"

/* Frame (2 bytes), service (1), kind (1), number (4), delay (2), length of the blocks (2). */
enum { HEADER = 12, SERVICE_AT = 2, KIND_AT = 3, LENGTH_AT = 10, FIRST_FRAME = 0xFEFC, LAST_FRAME = 0xFEFF, HELLO = 6 };
enum { SET = 4, ANSWER = 1, BLOCK = 4, INFO = 2 };

/* A block: option and its part (1 byte each), length (2), information (2), value. */
static void read_block(hg_announcing *to, uint32_t option, hg_span value)
{
    enum { ADDRESS = 0x0102, ADDRESS_BYTES = 4, TYPE = 0x0201, NAME = 0x0202, NUMBERS = 0x0203, ROLE = 0x0204 };
    switch (option) {
    case ADDRESS:
        if (value.length < ADDRESS_BYTES || hg_be32(value.data) == 0)
            return;
        memset(to->values.device_ip, 0, sizeof to->values.device_ip);
        memcpy(to->values.device_ip, value.data, ADDRESS_BYTES);
        to->values.device_ip_version = 4;
        return;
    case TYPE:
        hg_state_text(to, "profinet type ", value);
        return;
    case NAME:
        hg_state_name(to, value);
        return;
    case NUMBERS:
        if (value.length < 2 * sizeof(uint16_t))
            return;
        hg_state_number(to, "profinet vendor ", hg_be16(value.data));
        hg_state_number(to, "profinet device ", hg_be16(value.data + sizeof(uint16_t)));
        return;
    case ROLE:
        if (value.length > 0)
            hg_state_number(to, "profinet role ", value.data[0]);
        return;
    }
}

static int read_blocks(hg_announcing *to, hg_cursor in)
{
    hg_span head, value, pad;
    while (in.at < in.end) {
        if (!hg_take_bytes(&in, BLOCK, &head) || !hg_take_bytes(&in, hg_be16(head.data + 2), &value))
            return 0;
        if (value.length >= INFO)
            read_block(to, hg_be16(head.data), hg_span_from(value, INFO));
        if (value.length % 2 != 0 && in.at < in.end)
            (void)hg_take_bytes(&in, 1, &pad);
    }
    return 1;
}

/* The device is the receiver, and may refuse. */
static void note_order(hg_announcing *list, const hg_frame *frame)
{
    hg_announce(list, HG_SAYS_INDUSTRIAL, (const uint8_t *)"profinet set", sizeof "profinet set" - 1);
    list->is_of_others = 1;
    if (frame->linktype == LINKTYPE_ETHERNET)
        memcpy(list->values.mac, frame->data, sizeof list->values.mac);
    else
        list->values.macs &= (uint8_t)~HG_KNOWS_MAC;
}

hg_datagram_event hg_read_profinet(const hg_config *config, const hg_datagram_in *in, const hg_reader_output *to)
{
    const hg_span data = hg_span_of(in->data, in->length);
    hg_announcing list;
    if (data.length < HEADER || hg_be16(data.data) < FIRST_FRAME || hg_be16(data.data) > LAST_FRAME)
        return HG_DATAGRAM_NOTHING; /* process data */
    const int is_answer = data.data[KIND_AT] == ANSWER, is_order = data.data[SERVICE_AT] == SET && !is_answer;
    if (!is_answer && !is_order && data.data[SERVICE_AT] != HELLO)
        return HG_DATAGRAM_NOTHING; /* a question */
    hg_cursor blocks = hg_cursor_of(hg_span_from(data, HEADER));
    const uint32_t length = hg_be16(data.data + LENGTH_AT);
    if ((size_t)(blocks.end - blocks.at) < length)
        return hg_malformed(&to->stats->industrial_malformed);
    blocks.end = blocks.at + length;
    hg_announce_begin(&list, config->host_names, to);
    if (is_order)
        note_order(&list, to->frame);
    if (!read_blocks(&list, blocks)) {
        to->batch->text_count = list.begin;
        return hg_malformed(&to->stats->industrial_malformed);
    }
    return hg_announce_any(&list, to, HG_DATAGRAM_CLIENT);
}
