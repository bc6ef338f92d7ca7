/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * descriptor.h - reading from descriptors, on POSIX systems and on Windows.
 *
 * A file that includes this defines _POSIX_C_SOURCE as 200809L or more first.
 */
#pragma once

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef _WIN32

#include <fcntl.h>
#include <io.h>
#include <limits.h>

/* Makes reading give the bytes as they are. */
static inline void hg_descriptor_begin(int fd)
{
    _setmode(fd, _O_BINARY);
}

/* Windows has no such check: reading an idle pipe blocks. */
static inline int hg_descriptor_is_ready(int fd, int patience_ms)
{
    (void)fd, (void)patience_ms;
    return 1;
}

static inline ssize_t hg_descriptor_read(int fd, uint8_t *bytes, size_t length)
{
    return read(fd, bytes, length < INT_MAX ? (unsigned)length : INT_MAX);
}

/* There is no reading that leaves the position alone. */
static inline ssize_t hg_descriptor_read_at(int fd, uint8_t *bytes, size_t length, off_t place)
{
    (void)fd, (void)bytes, (void)length, (void)place;
    return -1;
}

#else

#include <poll.h>

static inline void hg_descriptor_begin(int fd)
{
    (void)fd;
}

/* 1 when a read will not block. 0, with errno EINTR, after the time given without input or a signal. */
static inline int hg_descriptor_is_ready(int fd, int patience_ms)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN, .revents = 0};
    int found = poll(&ready, 1, patience_ms);
    if (found == 0)
        errno = EINTR;
    return found > 0;
}

static inline ssize_t hg_descriptor_read(int fd, uint8_t *bytes, size_t length)
{
    return read(fd, bytes, length);
}

static inline ssize_t hg_descriptor_read_at(int fd, uint8_t *bytes, size_t length, off_t place)
{
    return pread(fd, bytes, length, place);
}

#endif
