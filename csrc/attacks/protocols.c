/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * protocols.c - servers that use SMB 1 or communities of SNMP, and machines of plants that speak with the internet.
 *
 * SMB 1 and plants follow from answers in completed connections: a session setup, which states the server's system, and
 * a valid frame of a protocol for plants. MQTT and OPC UA are left out, since they are also made for the internet.
 * An answer of SNMP 1 or 2c shows that its community is accepted; it is a poll and no login, so none is counted.
 */
#include "devices/internet.h"
#include "handshakes/handshakes.h"
#include "hosts/fact.h"

/* Whether a text shows that its sender is a server or client of a protocol that stays in plants. */
static int is_role(const hg_announcement_text *text)
{
    const hg_span words = hg_span_of(text->text, text->length);
    return text->kind == HG_SAYS_INDUSTRIAL && !hg_span_begins(words, "mqtt") && !hg_span_begins(words, "opcua") &&
           (hg_span_ends(words, " server") || hg_span_ends(words, " client"));
}

static void take(hg_host_event *row)
{
    const hg_columns *c = row->of.columns;
    const uint32_t at = row->of.index;
    const uint8_t version = c->ip_version[at];
    const int goes_out = hg_is_of_internet(c->dst_ip[at], version) && !hg_is_of_internet(c->src_ip[at], version);
    hg_announcement_text text;
    uint64_t findings = 0;
    if (!hg_row_is_of_sender(row))
        return;
    if (row->event == HG_EVENT_SNMP) {
        if (!hg_row_is_weak(row))
            hg_host_add_findings(row->hosts, row->index, at, UINT64_C(1) << HG_FINDING_CLEARTEXT_LOGIN);
        return;
    }
    if (c->scope[at] != HG_SCOPE_HANDSHAKE)
        return;
    for (uint32_t next = 0; hg_announced_next(&row->announcement, &next, &text);) {
        if (row->role == HG_ROLE_SERVER && text.kind == HG_SAYS_SMB_SYSTEM)
            findings |= UINT64_C(1) << HG_FINDING_OLD_SMB;
        if (goes_out && is_role(&text))
            findings |= UINT64_C(1) << HG_FINDING_PLANT_OUTSIDE;
    }
    hg_host_add_findings(row->hosts, row->index, at, findings);
}

const hg_fact hg_fact_protocols = {
    .events = UINT64_C(1) << HG_EVENT_SMB | UINT64_C(1) << HG_EVENT_SNMP | UINT64_C(1) << HG_EVENT_INDUSTRIAL,
    .on = take,
};
