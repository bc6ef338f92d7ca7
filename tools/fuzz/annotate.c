/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * annotate.c - copies a capture file to pcapng, with comments at packets and names of addresses.
 *
 * Input: a seed for the notes, whether the source is memory or a descriptor, the file. Pieces are small, so that every
 * block is met at the end of a piece. The copy must be a capture of the same packets, and end without an error however
 * the original ends. tests/annotating reads comments and names again.
 */
#define _GNU_SOURCE

#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/bytes.h"
#include "packet/frame.h"

enum { MOST_PACKETS = 256, MOST_LINE = 200, BEFORE = 1000, NOTES = 2 * MOST_PACKETS };
enum { LONG_LINE = 65541 /* longer than a comment can be */ };

/* The packets of a capture, each as a hash. */
typedef struct packets {
    uint64_t hashes[MOST_PACKETS];
    uint32_t count;
} packets;

typedef struct output {
    uint8_t *bytes;
    size_t length;
} output;

/* The notes of a piece, and their memory. */
typedef struct notes {
    hg_notes all;
    uint64_t numbers[NOTES];
    uint64_t name_numbers[MOST_PACKETS];
    uint8_t addresses[MOST_PACKETS][16];
    uint8_t versions[MOST_PACKETS];
    char lines[NOTES * MOST_LINE + LONG_LINE + 1];
    char names[MOST_PACKETS * MOST_LINE];
} notes;

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Takes all packets that are available; returns how the source ended. */
static hg_status take(hg_source *source, packets *found)
{
    hg_frame frames[16];
    hg_error error;
    hg_status status = HG_OK;
    while (status == HG_OK) {
        uint32_t count = 0;
        status = source->next(source, frames, 16, &count, &error);
        for (uint32_t i = 0; i < count && found->count < MOST_PACKETS; i++) {
            const hg_frame *frame = frames + i;
            uint64_t hash = fuzz_hash(1, frame->data, frame->captured);
            hash = fuzz_hash(hash, &frame->time_ns, sizeof frame->time_ns);
            hash = fuzz_hash(hash, &frame->wire, sizeof frame->wire);
            found->hashes[found->count++] = fuzz_hash(hash, &frame->linktype, sizeof frame->linktype);
        }
    }
    return status;
}

/* Writes a line of up to MOST_LINE bytes, sometimes empty, with multi-byte characters. */
static size_t put_line(char *at, uint64_t *random)
{
    size_t length = next_random(random) % 3 == 0 ? 0 : next_random(random) % (MOST_LINE - 4);
    for (size_t i = 0; i < length; i++)
        at[i] = "abc \xc3\xa4"[next_random(random) % 6];
    at[length] = '\n';
    return length + 1;
}

static void make_name(notes *made, uint64_t number, uint64_t *random)
{
    hg_notes *all = &made->all;
    const uint32_t at = all->name_count++;
    memset(made->addresses[at], (int)number, sizeof made->addresses[at]);
    made->name_numbers[at] = BEFORE + number;
    made->versions[at] = next_random(random) % 2 ? 4 : 6;
    all->name_bytes += put_line(made->names + all->name_bytes, random);
}

/* Writes a long line of two-byte characters. */
static size_t put_long_line(char *at, uint64_t number)
{
    const size_t first = number % 2; /* one-byte characters before them */
    memset(at, 'a', first);
    for (size_t i = first; i < LONG_LINE - 1; i += 2)
        memcpy(at + i, "\xc3\xa4", 2);
    const size_t length = LONG_LINE - (LONG_LINE - first) % 2 + 1;
    at[length - 1] = '\n';
    return length;
}

/* Makes up to two comments for each packet after `first` up to `last`, and names before some packets. */
static void make_notes(notes *made, uint64_t first, uint64_t last, uint64_t *random)
{
    hg_notes *all = &made->all;
    *all = (hg_notes){.numbers = made->numbers,
                      .lines = made->lines,
                      .name_numbers = made->name_numbers,
                      .name_addresses = made->addresses[0],
                      .name_versions = made->versions,
                      .names = made->names,
                      .packets_before = BEFORE};
    int is_long = (*random >> 40) % 16 == 0; /* of the first comment */
    for (uint64_t number = first + 1; number <= last; number++) {
        if (next_random(random) % 4 == 0)
            make_name(made, number, random);
        for (uint32_t left = next_random(random) % 3; left > 0; left--, is_long = 0) {
            char *text = made->lines + all->bytes;
            all->bytes += is_long ? put_long_line(text, number) : put_line(text, random);
            made->numbers[all->count++] = BEFORE + number;
        }
    }
}

static void append(output *out, const uint8_t *bytes, size_t length)
{
    out->bytes = realloc(out->bytes, out->length + length + 1);
    FUZZ_CHECK(out->bytes != NULL);
    if (length > 0)
        memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
}

/* Copies everything; 0 when a section header is too long to be copied. */
static int copy_all(hg_source *source, uint64_t random, packets *found, output *out)
{
    static notes made;
    hg_copy *copy;
    hg_error error;
    int is_whole = 1;
    FUZZ_CHECK(hg_copy_new(source, &copy, &error) == HG_OK);
    do {
        const uint8_t *bytes;
        size_t length;
        const uint32_t before = found->count;
        hg_status ended = take(hg_copy_source(copy), found);
        FUZZ_CHECK(ended == HG_END || hg_copy_ended(copy));
        make_notes(&made, before, found->count, &random);
        hg_status status = hg_copy_write(copy, &made.all, &bytes, &length, &error);
        is_whole = status == HG_OK;
        FUZZ_CHECK(is_whole || status == HG_E_UNSUPPORTED);
        append(out, bytes, length);
    } while (is_whole && !hg_copy_ended(copy));
    (void)hg_copy_left_out(copy);
    hg_copy_free(copy);
    return is_whole;
}

/* Whether the copy has a section of a version that is not read: its blocks are kept, and reading ends with an error. */
static int has_foreign_section(const output *out)
{
    enum { SECTION = 0x0A0D0D0A, LENGTH_AT = 4, BYTE_ORDER_AT = 8, MAJOR_AT = 12, LEAST = 16 };
    int is_big = 0;
    for (size_t at = 0; at + LEAST <= out->length;) {
        const uint8_t *block = out->bytes + at;
        const int is_section = hg_read32(block, 0) == SECTION;
        is_big = is_section ? block[BYTE_ORDER_AT] == 0x1A : is_big;
        if (is_section && hg_read16(block + MAJOR_AT, is_big) != 1)
            return 1;
        at += hg_read32(block + LENGTH_AT, is_big);
    }
    return 0;
}

static void check_copy(const output *out, const packets *found)
{
    static packets again;
    hg_source *source;
    hg_error error;
    again.count = 0;
    FUZZ_CHECK(hg_source_open_memory(out->bytes, out->length, &source, &error) == HG_OK);
    FUZZ_CHECK(take(source, &again) == HG_END || has_foreign_section(out));
    FUZZ_CHECK(again.count == found->count);
    FUZZ_CHECK(memcmp(again.hashes, found->hashes, found->count * sizeof *found->hashes) == 0);
    hg_source_free(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static packets found;
    fuzz_input input = {data, size};
    const uint8_t seed = fuzz_byte(&input), from_memory = fuzz_byte(&input) & 1;
    uint8_t *bytes = fuzz_copy(input.at, input.left);
    hg_source *source = NULL;
    hg_error error;
    output out = {NULL, 0};
    int fd = memfd_create("capture", 0);
    FUZZ_CHECK(fd >= 0 && pwrite(fd, bytes, input.left, 0) == (ssize_t)input.left);
    hg_status status = from_memory ? hg_source_open_memory(bytes, input.left, &source, &error)
                                   : hg_source_open_fd(fd, NULL, 0, &source, &error);
    found.count = 0;
    if (status == HG_OK && copy_all(source, seed, &found, &out) && out.length > 0)
        check_copy(&out, &found);
    hg_source_free(source);
    close(fd);
    free(out.bytes);
    free(bytes);
    return 0;
}
