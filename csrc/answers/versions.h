#ifndef HG_VERSIONS_H
#define HG_VERSIONS_H
#include "huginn.h"
#define HG_MAX_VERSIONS_TEXT 512
int hg_versions_common(const uint64_t *one, uint32_t one_count, const uint64_t *other, uint32_t other_count, uint64_t *out, uint32_t capacity, uint32_t *count);
size_t hg_versions_text(uint64_t family, const uint64_t *versions, uint32_t count, char *out, size_t capacity);
#endif
