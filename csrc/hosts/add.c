/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * add.c - adds the rows of batches to their hosts, and gives each to the facts.
 */
#include "base/error.h"
#include "base/kinds.h"
#include "base/memory.h"
#include "flow/anomaly.h"
#include "hosts/change_rows.h"
#include "hosts/fact.h"
#include "hosts/holders.h"
#include "http/fields.h"
#include "rows/check.h"

void hg_row_leave_out(const hg_host_event *row)
{
    if (row->index != 0)
        row->host->is_cut = 1;
    uint64_t number = row->batch->columns.packet_number[row->of.index];
    if (number != row->hosts->last_left_out)
        row->hosts->left_out++;
    row->hosts->last_left_out = number;
}

/* Sets the station that sent the row's frame. 0: it is not known. */
static int station_of(const hg_host_event *row, uint8_t station[HG_STATION])
{
    const hg_batch *batch = row->batch;
    if (batch->columns.station[row->of.index] == 0)
        return 0;
    memcpy(station, batch->columns.station + row->of.index, HG_STATION);
    return 1;
}

/* Tells who uses an address that has had other hosts. */
static void note_use(hg_hosts *hosts, hg_index index, int64_t from_ns, int64_t until_ns)
{
    if (!hg_host_is_hidden(hosts, index))
        hg_hosts_tell(&(hg_host_event){
            .hosts = hosts, .event = HG_ON_USED, .index = index, .from_ns = from_ns, .until_ns = until_ns});
}

/* Tells about an announcement before its host is known. 0: it is about none. */
static int find_announcer(hg_host_event *row)
{
    const uint8_t event = row->event;
    row->is_about_none = 1;
    row->event = HG_ON_ANNOUNCED;
    hg_hosts_tell(row);
    row->event = event;
    return !row->is_about_none;
}

/* Sets the host of a row. 0: the row describes none. */
static int find_host(hg_host_event *row, hg_reader_id reader)
{
    const hg_columns *c = &row->batch->columns;
    hg_tunnel_id tunnel;
    uint8_t station[HG_STATION];
    if (reader == HG_READER_DEVICES)
        return find_announcer(row);
    const hg_host_id id = {hg_address_of(c->src_ip[row->of.index]), hg_tunnel_of_row(row->of, &tunnel),
                           c->ip_version[row->of.index]};
    row->index = hg_host_take(row->hosts, id, hg_row_time(row), 0);
    if (row->index != 0 && hg_host_at(row->hosts, row->index)->has_others) {
        if (station_of(row, station))
            row->index = hg_host_that_sent(row->hosts, row->index, station, hg_row_time(row));
        hg_host_show_leased(row->hosts, row->index);
        note_use(row->hosts, row->index, hg_row_time(row), hg_row_time(row));
    }
    return 1;
}

/* Whether the row states that another station has the host's address. */
static int is_of_other(const hg_host_event *row, hg_reader_id reader)
{
    const uint8_t *mac = reader == HG_READER_DEVICES ? row->announcement.mac : NULL;
    const uint8_t *own = mac == NULL ? NULL : hg_host_sending_station(row->hosts, row->index);
    return own != NULL && memcmp(own, mac, HG_STATION) != 0;
}

/* Whether texts and tables that facts read are within the batch. */
static int is_sound(const hg_host_event *row)
{
    switch ((hg_event)row->event) {
    case HG_EVENT_HTTP_REQUEST:
    case HG_EVENT_HTTP_RESPONSE:
        return hg_check_http(row->batch, &row->of, NULL) == HG_OK;
    case HG_EVENT_SSH_CLIENT:
    case HG_EVENT_SSH_SERVER:
    case HG_EVENT_GREETING:
    case HG_EVENT_LOGIN:
    case HG_EVENT_PROXIED:
    case HG_EVENT_CERTIFICATE:
        return hg_check_row(row->batch, &row->of, NULL) == HG_OK;
    default:
        return 1;
    }
}

/* Adds a row to its host, and returns the host; 0: the row describes none, or there is no room. */
static hg_index take_row(hg_host_event *row, hg_reader_id reader)
{
    const uint32_t rivals = row->batch->columns.anomalies[row->of.index] & HG_ANOMALY(DIFFERENT_COPIES);
    if (reader == HG_READER_CHANGES || rivals != 0 || !find_host(row, reader))
        return 0;
    if (row->index == 0) {
        if (row->batch->sender_count == 0) /* otherwise the packets are left out with their sender */
            hg_row_leave_out(row);
        return 0;
    }
    row->host = hg_host_at(row->hosts, row->index);
    if (reader != HG_READER_DEVICES || row->batch->columns.scope[row->of.index] == HG_SCOPE_HANDSHAKE)
        hg_host_note_sent(row->hosts, row->host);
    if (!is_of_other(row, reader))
        hg_widen(&row->host->first_ns, &row->host->last_ns, hg_row_time(row), hg_row_time(row));
    hg_host_touch(row->hosts, row->index);
    row->hosts->names.may_invent = 1;
    if (is_sound(row))
        hg_hosts_tell(row);
    return row->index;
}

/* Follows the clock, by packets in their order. */
static inline void follow_clock(hg_hosts *hosts, int64_t time_ns, uint64_t packet_number, uint32_t packets)
{
    hg_source_clock *clock = &hosts->clock;
    if (clock->behind != 0 || (uint64_t)time_ns - (uint64_t)clock->now_ns > HG_CLOCK_BEHIND_NS) { /* also before it */
        hg_clock_turn(hosts, time_ns, packet_number, packets);
        return;
    }
    clock->now_ns = time_ns;
    clock->number = packet_number;
    clock->right_ns = time_ns > clock->right_ns ? time_ns : clock->right_ns;
}

/* How many of a batch's completions, senders and packets of stealth scans were added, and how many senders were
 * searched for news. */
typedef struct batch_places {
    uint32_t completion, sender, watched, stealth;
} batch_places;

/* The row before `row`, or the first one; HG_NO_ROW: the batch has none. */
static uint32_t row_before(const hg_batch *batch, uint32_t row)
{
    return batch->count == 0 ? HG_NO_ROW : row == 0 ? 0 : row - 1;
}

/* Takes the batch's completions up to packet `until`. Their findings are noted at the row before `row`. */
static void take_completions(hg_hosts *hosts, const hg_batch *batch, uint32_t *at, uint64_t until, uint32_t row)
{
    for (; *at < batch->completion_count && batch->completions[*at].packet_number <= until; ++*at)
        hg_hosts_tell(&(hg_host_event){.hosts = hosts,
                                       .event = HG_ON_COMPLETED,
                                       .completion = batch->completions + *at,
                                       .at = row_before(batch, row),
                                       .before = row - 1});
}

const hg_host_sender *hg_host_sender_of(const hg_hosts *hosts, const hg_host_entry *host, hg_index index)
{
    static const hg_host_sender NONE;
    const int may_send = hosts->senders.used > 0 && !hg_host_in_tunnel(hosts, host) && host->version != 0;
    if (index == 0 && may_send)
        index = hg_host_find(hosts, (hg_host_id){host->address, hg_host_tunnel(hosts, host), host->version});
    while (may_send && index != 0 && hg_host_at(hosts, index) != host)
        index = hg_host_earlier(hosts, index);
    return !may_send || index == 0 || index > hosts->senders.used ? &NONE : hg_pool_at(&hosts->senders, index);
}

static void add_sender(hg_hosts *hosts, const hg_sender *sent)
{
    const hg_tunnel_id segment = hg_segment_id(sent->segment);
    const hg_host_id id = {hg_address_of(sent->address), sent->segment == 0 ? NULL : &segment, sent->version};
    int widens;
    const hg_index index = hg_host_take_holder(hosts, id, sent, &widens);
    hg_host_sender *sender = index == 0 ? NULL : hg_host_take_sender(hosts, index);
    if (sender == NULL) {
        hosts->left_out += sent->packets;
        return;
    }
    hg_host_entry *host = hg_host_at(hosts, index);
    host->flags &= (uint8_t)~HG_HOST_LEASED;
    hg_host_note_packets(hosts, index, sent);
    if (widens)
        hg_widen(&host->first_ns, &host->last_ns, sent->first_ns, sent->last_ns);
    hg_host_touch(hosts, index);
    if (host->has_others && widens)
        note_use(hosts, index, sent->first_ns, sent->last_ns);
}

/* Looks for news about senders that were added, before packet `until`: the rows of their first packets say more. */
static void watch_senders(hg_hosts *hosts, const hg_batch *batch, uint32_t *at, uint32_t added, uint64_t until,
                          uint32_t row)
{
    uint8_t station[HG_STATION];
    for (; hosts->watch != NULL && *at < added && batch->senders[*at].packet_number < until; ++*at) {
        const hg_sender *sender = batch->senders + *at;
        const hg_tunnel_id segment = hg_segment_id(sender->segment);
        const hg_host_id id = {hg_address_of(sender->address), sender->segment == 0 ? NULL : &segment, sender->version};
        hg_index index = sender->version == 0 ? 0 : hg_host_find(hosts, id);
        if (index != 0 && hg_host_at(hosts, index)->has_others) {
            hg_put_station(station, sender->mac, hg_segment_number(&segment));
            index = hg_host_of_station(hosts, index, station, sender->first_ns);
        }
        if (sender->version == 0 || (index != 0 && index <= hosts->senders.used && !hg_host_is_hidden(hosts, index)))
            hg_hosts_tell(&(hg_host_event){
                .hosts = hosts, .event = HG_ON_SENDER, .index = index, .sender = sender, .before = row - 1});
    }
}

/* Adds the batch's senders up to packet `until`, with the completions between them: their order decides who has an
 * address. `watched`: the number of senders already searched for news. */
static __attribute__((noinline)) void take_senders(hg_hosts *hosts, const hg_batch *batch, batch_places *at,
                                                   uint64_t until, uint32_t row)
{
    for (; at->sender < batch->sender_count && batch->senders[at->sender].packet_number <= until; at->sender++) {
        const hg_sender *sender = batch->senders + at->sender;
        if (hosts->options.only_changes || sender->version == 0)
            continue;
        watch_senders(hosts, batch, &at->watched, at->sender, UINT64_MAX, row);
        hg_hosts_settle_doubts(hosts, sender->packet_number - 1);
        take_completions(hosts, batch, &at->completion, sender->packet_number, row);
        follow_clock(hosts, sender->first_ns, sender->packet_number, sender->packets);
        hg_hosts_settle_doubts(hosts, sender->packet_number);
        add_sender(hosts, sender);
    }
    watch_senders(hosts, batch, &at->watched, at->sender, until, row);
}

static void add_stealth(hg_hosts *hosts, const hg_stealth *packet, uint32_t at, uint32_t before)
{
    const hg_tunnel_id segment = hg_segment_id(packet->segment);
    const hg_host_id id = {hg_address_of(packet->src_ip), packet->segment == 0 ? NULL : &segment, packet->ip_version};
    const hg_index current = hg_host_take(hosts, id, packet->time_ns, 1);
    uint8_t station[HG_STATION];
    hosts->left_out += current == 0;
    if (current == 0)
        return;
    hg_put_station(station, packet->mac, hg_segment_number(&segment));
    const hg_index index = hg_host_that_sent(hosts, current, station, packet->time_ns);
    hg_host_entry *host = hg_host_at(hosts, index);
    hg_widen(&host->first_ns, &host->last_ns, packet->time_ns, packet->time_ns);
    hg_host_touch(hosts, index);
    hg_hosts_tell(&(hg_host_event){.hosts = hosts,
                                   .event = HG_ON_STEALTH,
                                   .index = index,
                                   .host = host,
                                   .stealth = packet,
                                   .at = at,
                                   .before = before});
}

/* Adds the packets of stealth scans up to packet `until`, as take_completions does. */
static __attribute__((cold, noinline)) void take_stealth(hg_hosts *hosts, const hg_batch *batch, uint32_t *at,
                                                         uint64_t until, uint32_t row)
{
    for (; *at < batch->stealth_count && batch->stealth[*at].packet_number <= until; ++*at)
        if (!hosts->options.only_changes)
            add_stealth(hosts, batch->stealth + *at, row_before(batch, row), row - 1);
}

/* Adds everything of a batch up to packet `until` that is in no row. */
static inline __attribute__((always_inline)) void take_others(hg_hosts *hosts, const hg_batch *batch, batch_places *at,
                                                              uint64_t until, uint32_t row)
{
    if (at->watched < batch->sender_count)
        take_senders(hosts, batch, at, until, row);
    take_completions(hosts, batch, &at->completion, until, row);
    if (hosts->doubt_count > 0 && until != UINT64_MAX)
        hg_hosts_settle_doubts(hosts, until);
    if (at->stealth < batch->stealth_count)
        take_stealth(hosts, batch, &at->stealth, until, row);
}

/* Members from `announcement` on are set for announcements only. */
static inline __attribute__((always_inline)) void begin_row(hg_host_event *out, hg_hosts *hosts, const hg_batch *batch,
                                                            uint8_t event, uint32_t row, uint32_t at)
{
    memset(out, 0, offsetof(hg_host_event, announcement));
    out->hosts = hosts;
    out->batch = batch;
    out->event = event;
    out->contradicts = -1;
    out->untracked = hosts->untracked;
    out->of = (hg_row){&batch->columns, batch->texts, row, at};
    out->role = batch->columns.from_server[row] ? HG_ROLE_SERVER : HG_ROLE_CLIENT;
}

/* Whether the row is the MTU of the handshake before it, and changes alone are wanted, which no MTU is. */
static int adds_nothing(const hg_hosts *hosts, const hg_columns *c, uint32_t row)
{
    return c->event[row] == HG_EVENT_MTU && hosts->options.only_changes && row > 0 &&
           hg_event_is_handshake(c->event[row - 1]) && c->packet_number[row] == c->packet_number[row - 1] &&
           hosts->row_hosts[row - 1] != 0;
}

/* Lets facts judge what waited until `now_ns`. */
static __attribute__((cold, noinline)) void judge(hg_hosts *hosts, int64_t now_ns, uint32_t before)
{
    hosts->judge_due_ns = INT64_MAX;
    hg_hosts_tell(&(hg_host_event){.hosts = hosts, .event = HG_ON_DUE, .until_ns = now_ns, .before = before});
}

/* Adds all rows of a batch, and the completions, senders and packets of stealth scans between them. */
static hg_status take_rows(hg_hosts *hosts, const hg_batch *batch, hg_error *error)
{
    uint32_t at[HG_READERS] = {0};
    batch_places others = {0};
    hg_hosts_begin_changes(hosts);
    hosts->batch = batch;
    if (batch->begins_source) {
        hosts->clock.behind = HG_CLOCK_BEGINS;
        hosts->clock.sources++;
    }
    if (batch->count > 0)
        hg_hosts_tell(&(hg_host_event){.hosts = hosts, .event = HG_ON_BATCH, .from_ns = batch->columns.time_ns[0]});
    if (!hg_make_room(&hosts->row_hosts, &hosts->row_room, batch->count, sizeof *hosts->row_hosts, 0))
        return hg_fail(error, HG_E_MEMORY, "no memory for the hosts of %u rows", batch->count);
    for (uint32_t row = 0; row < batch->count; row++) {
        const uint8_t event = batch->columns.event[row];
        const hg_reader_id reader = hg_event_reader(event);
        if (reader >= HG_READERS || at[reader] >= batch->counts[reader] ||
            hg_reader_rows(&batch->columns, reader)[at[reader]] != row)
            return hg_fail(error, HG_E_ARGUMENT, "row %u is of no reader", row);
        if (adds_nothing(hosts, &batch->columns, row)) {
            hosts->row_hosts[row] = hosts->row_hosts[row - 1];
            at[reader]++;
            continue;
        }
        hg_host_event one;
        begin_row(&one, hosts, batch, event, row, at[reader]);
        hg_host_prefetch(hosts, &batch->columns, row, batch->count);
        take_others(hosts, batch, &others, batch->columns.packet_number[row], row);
        follow_clock(hosts, batch->columns.time_ns[row], batch->columns.packet_number[row], 1);
        if (hosts->judge_due_ns <= batch->columns.time_ns[row])
            judge(hosts, batch->columns.time_ns[row], row - 1);
        hosts->row_hosts[row] = take_row(&one, reader);
        at[reader]++;
    }
    take_others(hosts, batch, &others, UINT64_MAX, batch->count);
    return HG_OK;
}

hg_status hg_hosts_add(hg_hosts *hosts, const hg_batch *batch, hg_error *error)
{
    pthread_mutex_lock(&hosts->lock);
    const hg_status status = take_rows(hosts, batch, error);
    pthread_mutex_unlock(&hosts->lock);
    return status;
}

void hg_hosts_judge_after(hg_hosts *hosts, const hg_batch *batch, int64_t now_ns)
{
    pthread_mutex_lock(&hosts->lock);
    judge(hosts, now_ns, batch->count - 1);
    pthread_mutex_unlock(&hosts->lock);
}
