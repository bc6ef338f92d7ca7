/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * database.c - opens a signature database.
 */
#include "database/database.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/error.h"
#include "hg_default.h"

/* Offsets into the file's header (sigcompiler/table/layout.py). */
enum {
    AT_VERSION = 8,
    AT_SECTIONS = 12,
    AT_LENGTH = 16,
    AT_HEADER_BYTES = 28,
    AT_HASH_KEY = 32,
    AT_SOURCE_HASH = 40,
    AT_DIRECTORY = 72,
    DIRECTORY_ENTRY = 16, /* offset, count, stride */
    ENTRY_OFFSET_AT = 0,
    ENTRY_COUNT_AT = 8,
    ENTRY_STRIDE_AT = 12,
    MAGIC_BYTES = 8,
    CHECKED_FROM = HG_CHECKSUM_OFFSET + 4,
    HEADER_BYTES = AT_DIRECTORY + DIRECTORY_ENTRY * (int)HG_SECTION_COUNT
};

const hg_database *hg_database_default(void)
{
    static const hg_database database = {HG_DEFAULT_TABLES};
    return &database;
}

static int host_is_little_endian(void)
{
    const uint16_t one = 1;
    uint8_t first;
    memcpy(&first, &one, 1);
    return first == 1;
}

static hg_status check_version(uint32_t version, hg_error *error)
{
    if (version == HG_FORMAT_VERSION)
        return HG_OK;
    return hg_fail(error, HG_E_DATABASE, "format version %u, this program reads version %u; compile the .fp file again",
                   version, HG_FORMAT_VERSION);
}

static hg_status check_header(const uint8_t *bytes, size_t length, hg_error *error)
{
    if (length < MAGIC_BYTES || memcmp(bytes, HG_MAGIC, MAGIC_BYTES) != 0)
        return hg_fail(error, HG_E_DATABASE, "not a signature database (its first bytes are not HUGINNDB)");
    if (length < AT_DIRECTORY)
        return hg_fail(error, HG_E_DATABASE, "truncated: %zu bytes are less than a header", length);
    hg_status status = check_version(hg_le32(bytes + AT_VERSION), error);
    if (status != HG_OK)
        return status;
    uint64_t claimed = hg_le64(bytes + AT_LENGTH);
    if (claimed > length)
        return hg_fail(error, HG_E_DATABASE, "truncated: %zu of %llu bytes", length, (unsigned long long)claimed);
    if (claimed < length)
        return hg_fail(error, HG_E_DATABASE, "%llu bytes follow its end", (unsigned long long)(length - claimed));
    if (hg_crc32(bytes + CHECKED_FROM, length - CHECKED_FROM) != hg_le32(bytes + HG_CHECKSUM_OFFSET))
        return hg_fail(error, HG_E_DATABASE, "damaged: the checksum does not fit");
    if (hg_le32(bytes + AT_SECTIONS) != HG_SECTION_COUNT || hg_le32(bytes + AT_HEADER_BYTES) != HEADER_BYTES ||
        length < HEADER_BYTES)
        return hg_fail(error, HG_E_DATABASE, "damaged: its sections are not those of format version %u",
                       HG_FORMAT_VERSION);
    return HG_OK;
}

/* Sets `*start` and `*count` to the records of section `number`, after checking its bounds. */
static hg_status find_section(const uint8_t *bytes, size_t length, size_t number, const char *name, size_t stride,
                              const void **start, uint32_t *count, hg_error *error)
{
    const uint8_t *entry = bytes + AT_DIRECTORY + DIRECTORY_ENTRY * number;
    uint64_t offset = hg_le64(entry + ENTRY_OFFSET_AT);
    *count = hg_le32(entry + ENTRY_COUNT_AT);
    if (hg_le32(entry + ENTRY_STRIDE_AT) != stride)
        return hg_fail(error, HG_E_DATABASE, "damaged: records of section %s have the wrong size", name);
    if (offset % 8 != 0 || offset > length || *count > (length - offset) / stride)
        return hg_fail(error, HG_E_DATABASE, "damaged: section %s lies outside the file", name);
    *start = bytes + offset;
    return HG_OK;
}

static hg_status fill_tables(const uint8_t *bytes, size_t length, hg_tables *tables, hg_error *error)
{
    size_t number = 0;
    const void *start = NULL;
    hg_status status;
    tables->format_version = HG_FORMAT_VERSION;
#define HG_FIND(section, record)                                                                                       \
    status = find_section(bytes, length, number++, #section, sizeof(record), &start, &tables->section##_count, error); \
    if (status != HG_OK)                                                                                               \
        return status;                                                                                                 \
    tables->section = start;
    HG_SECTIONS(HG_FIND)
#undef HG_FIND
    tables->hash_key = hg_le64(bytes + AT_HASH_KEY);
    memcpy(tables->source_hash, bytes + AT_SOURCE_HASH, sizeof tables->source_hash);
    return HG_OK;
}

hg_status hg_database_open(const uint8_t *bytes, size_t length, hg_database **out, hg_error *error)
{
    *out = NULL;
    if (!host_is_little_endian())
        return hg_fail(error, HG_E_UNSUPPORTED, "binary databases are little-endian, this machine is not");
    if ((uintptr_t)bytes % 8 != 0)
        return hg_fail(error, HG_E_ARGUMENT, "the bytes of a database must start at a multiple of 8");
    hg_status status = check_header(bytes, length, error);
    if (status != HG_OK)
        return status;
    hg_tables tables;
    status = fill_tables(bytes, length, &tables, error);
    return status == HG_OK ? hg_database_of_tables(&tables, out, error) : status;
}

hg_status hg_database_of_tables(const hg_tables *tables, hg_database **out, hg_error *error)
{
    *out = NULL;
    hg_status status = check_version(tables->format_version, error);
    if (status != HG_OK)
        return status;
    hg_database *database = malloc(sizeof *database);
    if (database == NULL)
        return hg_fail(error, HG_E_MEMORY, "no memory for a database");
    database->tables = *tables;
    status = hg_tables_check(&database->tables, error);
    if (status == HG_OK)
        *out = database;
    else
        free(database);
    return status;
}

void hg_database_free(hg_database *database)
{
    free(database);
}

const void *hg_database_section(const hg_database *database, const char *name, uint32_t *count, uint32_t *stride)
{
#define HG_NAMED(section, record)                  \
    if (strcmp(name, #section) == 0) {             \
        *count = database->tables.section##_count; \
        *stride = sizeof(record);                  \
        return database->tables.section;           \
    }
    HG_SECTIONS(HG_NAMED)
#undef HG_NAMED
    return NULL;
}

const uint8_t *hg_database_source_hash(const hg_database *database)
{
    return database->tables.source_hash;
}

uint64_t hg_database_hash_key(const hg_database *database)
{
    return database->tables.hash_key;
}
