/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "hosts/services.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "hosts/words.h"

enum { PLACES = 1 << 12 /* a later question takes the place of one that has the same */, MOST_NAME = 255 };

/* A name that was asked for in a connection. */
struct hg_open_question {
    uint64_t key; /* 0: none */
    uint32_t name;
};

static uint64_t key_of(hg_row row, uint16_t client_port, uint16_t server_port)
{
    return hg_hash_mix(hg_hash_mix(HG_HASH_MULTIPLIER, row.columns->flow[row.index]), (uint64_t)client_port << 16 | server_port) | 1;
}

/* Of "Example.COM:8080" the bytes of "example.com"; 0: it is an address, or too long. */
static uint32_t read_name(hg_span from, char *out)
{
    uint32_t length = 0, is_name = 0;
    for (; length < from.length && from.text[length] != ':'; length++) {
        const char c = from.text[length];
        if (length == MOST_NAME || c == '[')
            return 0;
        out[length] = (char)hg_lower(c);
        is_name |= c != '.' && (c < '0' || c > '9');
    }
    return is_name ? length : 0;
}

void hg_service_ask(hg_hosts *hosts, hg_row row, hg_span name)
{
    char text[MOST_NAME];
    const hg_columns *c = row.columns;
    const uint32_t length = hosts->shows_names ? read_name(name, text) : 0;
    if (length > 0 && hosts->questions == NULL)
        hosts->questions = calloc(PLACES, sizeof *hosts->questions);
    if (length == 0 || hosts->questions == NULL)
        return;
    const hg_host_name wanted = {.name = {.text = text, .length = length}, .kind = HG_NAME_SERVICE};
    const uint64_t key = key_of(row, c->src_port[row.index], c->dst_port[row.index]);
    hosts->names.may_invent = 1;
    hosts->questions[hg_hash_fold(key) & (PLACES - 1)] = (hg_open_question){.key = key, .name = hg_names_take(&hosts->names, &wanted)};
}

void hg_service_answer(hg_hosts *hosts, hg_host_entry *host, hg_row row)
{
    const hg_columns *c = row.columns;
    const uint64_t key = key_of(row, c->dst_port[row.index], c->src_port[row.index]);
    const hg_open_question *place = hosts->questions == NULL ? NULL : hosts->questions + (hg_hash_fold(key) & (PLACES - 1));
    hg_host_extra *extra = place == NULL || place->key != key || place->name == 0 ? NULL : hg_host_take_extra(hosts, host);
    hg_host_service *known = NULL;
    uint32_t number;
    if (extra == NULL)
        return;
    while ((known = hg_pool_next(&hosts->services, extra->services, known)) != NULL)
        if (known->name == place->name)
            return;
    known = hg_pool_append(&hosts->services, &extra->services, HG_HOST_SERVICES, &number);
    if (known == NULL)
        hosts->untracked++;
    else
        known->name = place->name;
}

const hg_host_service *hg_service_next(const hg_hosts *hosts, const hg_host_entry *host, const hg_host_service *after)
{
    return host->extra == 0 ? NULL : hg_pool_next(&hosts->services, hg_host_extra_of(hosts, host)->services, after);
}

void hg_put_services(hg_writer *to, const char *word, const hg_hosts *hosts, const hg_host_entry *host)
{
    for (const hg_host_service *one = NULL; (one = hg_service_next(hosts, host, one)) != NULL; word = ", ")
        HG_WRITE_WITH(to, word, hg_put_label, hg_host_name_at(&hosts->names, one->name));
    hg_write_word(to, *word == ',' ? "\n" : "");
}
