/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * losses.c - what a capture could not show, as one list for the summary, the page and --stats.
 */
#include "summary/digest.h"
#include "systems/words.h"

static void put_loss(hg_writer *to, uint64_t count, const char *what, const char *words, const hg_best *hosts)
{
    HG_SAY(to, HG_COUNT(count, what), count == 1 ? " was " : " were ", words);
    if (hosts != NULL)
        HG_WRITE_WITH(to, ": ", hg_put_hosts, hosts);
}

static void write_loss(hg_json *to, const char *kind, uint64_t count, const char *what, const char *words,
                       const hg_best *hosts)
{
    if (count > 0)
        HG_JSON_OBJECT(to, HG_JSON_KEY(to, "kind", word, kind), HG_JSON_KEY(to, "count", u64, count),
                       HG_JSON_KEY(to, "text", written, put_loss, count, what, words, hosts));
}

/* "4 packets were cut at 96 bytes, inside data that a reader wanted: capture with tcpdump -s 0" */
static void put_cut(hg_writer *to, const hg_stats *stats)
{
    const uint32_t least = stats->cut_at[0], most = stats->cut_at[1];
    put_loss(to, stats->packets_cut, "packet", "cut at ", NULL);
    HG_SAY(to, HG_COUNT(least, "byte"), "");
    if (most > least)
        HG_SAY(to, " to ", HG_COUNT(most, "byte"));
    hg_write_word(to, ", inside data that a reader wanted: capture with tcpdump -s 0");
}

static void write_counted(hg_json *to, const hg_stats *s)
{
    const struct {
        const char *kind;
        uint64_t count;
        const char *what, *words;
    } ROWS[] = {
        {"dropped", s->outside.dropped, "packet",
         "dropped before they could be read: raise --buffer-size or --workers, or choose with --bpf"},
        {"dropped", s->outside.lost, "packet",
         "dropped when the capture was made: give its program a larger buffer, such as tcpdump -B 65536"},
        {"files", s->outside.files, "file",
         "older than the end of the file before: read the files of each interface by themselves"},
        {"time", s->flows_back_in_time, "connection",
         "older than the connection before, by a second or more: sort the packets with reordercap"},
        {"time", s->flows_back_in_time > 0 ? 0 : s->outside.back, "packet",
         "older than the packet before, by a second or more: sort the packets with reordercap"},
        {"beginning", s->flows_without_beginning + s->syn_acks_without_syn, "connection",
         "open before the capture began, or captured in one direction: begin earlier, and capture both directions"},
        {"key_exchange", s->quic_not_decrypted, "connection",
         "QUIC, which no library here can decrypt: install libcrypto"},
        {"key_exchange",
         s->tls_unreadable + s->ssh_unreadable + s->certificates_unreadable + s->quic_undecryptable +
             s->quic_other_version,
         "key exchange", "not read, malformed, too long or of an unknown version: compare with Wireshark"},
        {"limit", s->flows_evicted_established, "connection", "given up, beyond --max-connections: raise it"},
        {"limit", s->streams_evicted, "direction",
         "given up, because waiting data filled max_stream_bytes: read fewer connections at a time"},
        {"limit", s->hosts_evicted + s->segment_hosts_evicted, "host clock", "forgotten, beyond --max-hosts: raise it"},
        {"limit", s->datagrams_evicted, "datagram",
         "given up, because only 64 fragmented datagrams are joined at a time: filter with --ip"},
    };
    if (s->packets_cut > 0)
        HG_JSON_OBJECT(to, HG_JSON_KEY(to, "kind", word, "cut"), HG_JSON_KEY(to, "count", u64, s->packets_cut),
                       HG_JSON_KEY(to, "text", written, put_cut, s));
    for (uint32_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        write_loss(to, ROWS[i].kind, ROWS[i].count, ROWS[i].what, ROWS[i].words, NULL);
}

uint64_t hg_summary_left_out(const hg_summary *summary)
{
    return hg_hosts_left_out(summary->hosts) + summary->left_out;
}

/* Writes the limits of the hosts and of the summary that were reached. */
static void write_limits(hg_json *to, const hg_digest *digest)
{
    const hg_best *cut = digest->lists + HG_LIST_FOUND + HG_FOUND_CUT;
    const uint64_t packets = hg_summary_left_out(digest->summary);
    if (hg_hosts_are_full(digest->hosts))
        write_loss(to, "limit", packets, "packet", "left out, of hosts beyond --max-inventory: raise it", NULL);
    else if (cut->offered > 0)
        write_loss(to, "limit", packets, "packet", "left out, of hosts with more names than are kept", cut);
    else
        write_loss(to, "limit", packets, "packet",
                   "left out, of more days, links or signatures than are counted: "
                   "read fewer captures at a time",
                   NULL);
    write_loss(to, "limit", hg_hosts_untracked(digest->hosts), "packet",
               "not fully tracked, of too many hosts or names of a host: raise --max-inventory", NULL);
}

void hg_write_losses(const hg_digest *digest, const hg_stats *stats, hg_json *to)
{
    HG_JSON_KEY(to, "losses", open, '[');
    write_counted(to, stats);
    write_limits(to, digest);
    hg_json_close(to, ']');
}

size_t hg_losses_write(const hg_stats *stats, char *out, size_t capacity)
{
    hg_json to = {.out = {.at = out, .capacity = capacity, .is_json = 1}};
    hg_json_open(&to, '[');
    write_counted(&to, stats);
    hg_json_close(&to, ']');
    return to.out.is_full ? 0 : to.out.length;
}
