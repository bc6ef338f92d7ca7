/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "rows/match_texts.h"

#include "base/error.h"
#include "base/kinds.h"

/* The part of the path after the last slash. */
static hg_span file_name(hg_span path)
{
    uint32_t start = path.length;
    while (start > 0 && path.data[start - 1] != '/')
        start--;
    return hg_span_of(path.data + start, path.length - start);
}

/* The texts of a record, whose signature is the `length` bytes at `offset`. */
static hg_match_texts texts_of(const hg_database *database, uint32_t label_number, uint32_t file_number, uint32_t line,
                               uint32_t offset, uint32_t length)
{
    const hg_db_label *label = &database->tables.labels[label_number];
    const hg_db_file *file = &database->tables.files[file_number];
    const hg_span name = hg_database_span(database, label->name_offset, label->name_length),
                  flavor = hg_database_span(database, label->flavor_offset, label->flavor_length);
    return (hg_match_texts){
        .name = name,
        .flavor = flavor,
        .os_class = hg_database_span(database, label->class_offset, label->class_length),
        .signature = hg_database_span(database, offset, length),
        .file = file_name(hg_database_span(database, file->name_offset, file->name_length)),
        .line = line,
        .label = label_number,
        .is_either = hg_first_family(name) < name.length,
        .says_all = (uint8_t)hg_flavor_repeats_name(name, flavor),
    };
}

static hg_match_texts signature_texts(const hg_database *database, uint32_t index)
{
    const hg_db_signature *signature = &database->tables.signatures[index];
    hg_match_texts texts = texts_of(database, signature->label, signature->file, signature->line,
                                    signature->text_offset, signature->text_length);
    texts.marks.flags = signature->flags;
    if (signature->flags & HG_SIGNATURE_RESTORABLE)
        texts.marks.olayout = (const uint8_t *)(database->tables.layouts + signature->layout);
    return texts;
}

static hg_match_texts link_texts(const hg_database *database, uint32_t index)
{
    const hg_db_mtu *mtu = &database->tables.mtus[index];
    return texts_of(database, mtu->label, mtu->file, mtu->line, 0, 0);
}

static hg_match_texts client_texts(const hg_database *database, uint32_t index)
{
    const hg_db_hello *hello = &database->tables.hellos[index];
    hg_match_texts texts =
        texts_of(database, hello->label, hello->file, hello->line, hello->text_offset, hello->text_length);
    texts.marks.flags = (uint8_t)hello->flags;
    return texts;
}

static hg_match_texts http_texts(const hg_database *database, uint32_t index)
{
    const hg_db_http *http = &database->tables.https[index];
    const uint32_t label = database->tables.labels[http->label].flags;
    hg_match_texts texts =
        texts_of(database, http->label, http->file, http->line, http->text_offset, http->text_length);
    texts.marks.flags = (uint8_t)((label & HG_LABEL_GENERIC ? HG_SIGNATURE_GENERIC : 0) |
                                  (label & HG_LABEL_USERLAND ? HG_SIGNATURE_USERLAND : 0));
    return texts;
}

static hg_match_texts record_texts(const hg_database *database, const hg_naming *by)
{
    switch (by->what) {
    case HG_MATCH_LINK:
        return link_texts(database, by->index);
    case HG_MATCH_CLIENT:
        return client_texts(database, by->index);
    case HG_MATCH_REQUEST:
    case HG_MATCH_RESPONSE:
        return http_texts(database, by->index);
    case HG_MATCH_SIGNATURE:
        break;
    }
    return signature_texts(database, by->index);
}

hg_match_texts hg_match_texts_of(const hg_database *database, const hg_naming *by)
{
    hg_match_texts of = record_texts(database, by);
    of.marks.fuzzy = by->fuzzy;
    return of;
}

int hg_naming_of(hg_row row, hg_naming *out)
{
    const hg_columns *columns = row.columns;
    const uint32_t at = row.at;
    switch ((hg_event)columns->event[row.index]) {
    case HG_EVENT_SYN:
    case HG_EVENT_SYN_ACK:
        *out = (hg_naming){columns->tcp.signature[at], HG_MATCH_SIGNATURE, columns->tcp.fuzzy[at]};
        break;
    case HG_EVENT_MTU:
        *out = (hg_naming){columns->tcp.link[at], HG_MATCH_LINK, 0};
        break;
    case HG_EVENT_TLS_CLIENT:
        *out = (hg_naming){columns->tls.client[at], HG_MATCH_CLIENT, columns->tls.client_wildcard[at]};
        break;
    case HG_EVENT_HTTP_REQUEST:
        *out = (hg_naming){columns->http.software[at], HG_MATCH_REQUEST, 0};
        break;
    case HG_EVENT_HTTP_RESPONSE:
        *out = (hg_naming){columns->http.software[at], HG_MATCH_RESPONSE, 0};
        break;
    case HG_EVENT_CLIENT_UPTIME:
    case HG_EVENT_SERVER_UPTIME:
    case HG_EVENT_TLS_SERVER:
    case HG_EVENT_HOST_CHANGE:
    case HG_EVENT_IP_SHARING:
    case HG_EVENT_SEGMENTS:
        HG_CASES_OF_LABELLED
    case HG_EVENT_KINDS:
        return 0;
    }
    out->fuzzy = out->index != HG_NO_SIGNATURE && out->fuzzy;
    return 1;
}

hg_status hg_naming_check(const hg_database *database, uint32_t row, const hg_naming *by, hg_error *error)
{
    static const struct {
        const char *word;
        size_t held_at; /* offset of the number of records */
    } NAMED[] = {[HG_MATCH_SIGNATURE] = {"signature", offsetof(hg_tables, signatures_count)},
                 [HG_MATCH_LINK] = {"link", offsetof(hg_tables, mtus_count)},
                 [HG_MATCH_CLIENT] = {"client", offsetof(hg_tables, hellos_count)},
                 [HG_MATCH_REQUEST] = {"client", offsetof(hg_tables, https_count)},
                 [HG_MATCH_RESPONSE] = {"server", offsetof(hg_tables, https_count)}};
    uint32_t held = 0;
    if (database != NULL)
        memcpy(&held, (const char *)&database->tables + NAMED[by->what].held_at, sizeof held);
    if (by->index != HG_NO_SIGNATURE && by->index >= held)
        return hg_fail(error, HG_E_ARGUMENT, "row %u refers to %s %u, but the database has %u", row,
                       NAMED[by->what].word, by->index, held);
    return HG_OK;
}
