/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "tls/pieces.h"

int hg_pieces_add(hg_pieces *pieces, uint32_t offset, const uint8_t *data, uint32_t length)
{
    if (length == 0)
        return 1;
    /* Where there is no room for the run, what was copied lies outside all runs. */
    hg_runs_copy(pieces->runs, pieces->count, pieces->bytes, offset, data, length);
    return hg_runs_add(pieces->runs, &pieces->count, HG_RUNS_LIMIT, (hg_run){offset, offset + length});
}

uint32_t hg_pieces_from(const hg_pieces *pieces, uint32_t offset)
{
    for (uint32_t i = 0; i < pieces->count; i++)
        if (pieces->runs[i].first <= offset && pieces->runs[i].end > offset)
            return pieces->runs[i].end - offset;
    return 0;
}
