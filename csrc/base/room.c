/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "base/room.h"

#include <stdlib.h>
#include <string.h>

int hg_make_room(void *array, uint32_t *room, uint32_t wanted, size_t size, uint32_t first)
{
    void *elements;
    if (wanted <= *room)
        return 1;
    const uint32_t doubled = *room > UINT32_MAX / 2 ? UINT32_MAX : 2 * *room;
    uint32_t more = wanted > doubled ? wanted : doubled;
    more = more > first ? more : first;
    memcpy(&elements, array, sizeof elements);
    elements = realloc(elements, more * size);
    if (elements == NULL)
        return 0;
    memcpy(array, &elements, sizeof elements);
    *room = more;
    return 1;
}
