#include "answers/versions.h"
#include "answers/stated.h"
#include <string.h>
int hg_versions_common(const uint64_t *one, uint32_t n, const uint64_t *other, uint32_t m, uint64_t *out, uint32_t capacity, uint32_t *count)
{
    *count = 0;
    if (n == 0 || m == 0) { const uint64_t *from = n ? one : other; *count = n ? n : m; for (uint32_t i = 0; i < 2 * *count; i++) out[i] = from[i]; return 1; }
    for (uint32_t i = 0; i < n; i++) for (uint32_t j = 0; j < m && *count < capacity; j++) {
        uint64_t a = one[2*i] > other[2*j] ? one[2*i] : other[2*j], b = one[2*i+1] < other[2*j+1] ? one[2*i+1] : other[2*j+1];
        if (a <= b) { out[2 * *count] = a; out[2 * *count + 1] = b; ++*count; } }
    return *count > 0;
}
size_t hg_versions_text(uint64_t family, const uint64_t *versions, uint32_t count, char *out, size_t capacity)
{ (void)family; (void)versions; (void)count; (void)capacity; memcpy(out, "vvv", 3); return 3; }
int hg_stated_versions(hg_statement source, uint64_t family, const uint8_t *text, uint32_t length, uint64_t range[2])
{ (void)source; (void)family; (void)text; (void)length; (void)range; return 0; }
