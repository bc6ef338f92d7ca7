/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * Sends SYNs on an interface as fast as it can, or at a rate:
 *
 *     flood INTERFACE PACKETS PACKETS_PER_SECOND SECONDS FIRST
 *
 * A rate of 0 is as fast as it goes; it ends after so many packets or seconds, whichever is first.
 * Packets at a rate go out evenly: at most so many at a time as are due in a tenth of a millisecond.
 * Prints how many the interface took. Each SYN belongs to another conversation: source address and
 * port count up from FIRST on. Nobody answers, for the MAC address they are sent to is nobody's.
 */
#define _GNU_SOURCE 1
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BURST = 64, FRAME = 74, SOURCE = 26, SOURCE_PORT = 34, SEQUENCE = 38 };

/* 10.0.0.1:1024 to 198.51.100.1:80, as Linux sends it. */
static const uint8_t SYN[FRAME] = {
    0x02, 0, 0, 0, 0, 0x99, 0x02, 0, 0, 0, 0, 0x01, 0x08, 0x00, /* Ethernet */
    0x45, 0, 0, 60, 0, 1, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 1, 198, 51, 100, 1, /* IPv4 */
    4, 0, 0, 80, 0, 0, 0, 1, 0, 0, 0, 0, 0xA0, 0x02, 0xFA, 0xF0, 0, 0, 0, 0, /* TCP */
    2, 4, 5, 0xB4, 4, 2, 8, 10, 0, 1, 0, 0, 0, 0, 0, 0, 1, 3, 3, 7,
};

static uint8_t frames[BURST][FRAME];
static struct iovec pieces[BURST];
static struct mmsghdr messages[BURST];

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void put32(uint8_t *at, uint32_t value)
{
    value = htonl(value);
    memcpy(at, &value, sizeof value);
}

/* The packet with this number: 60,000 ports an address. */
static void number_frame(uint8_t *frame, uint64_t number)
{
    uint16_t port = htons((uint16_t)(1024 + number % 60000));
    put32(frame + SOURCE, 0x0A000001u + (uint32_t)(number / 60000 % 0xFFFFFF));
    memcpy(frame + SOURCE_PORT, &port, sizeof port);
    put32(frame + SEQUENCE, (uint32_t)number + 1);
}

static int opened(const char *name)
{
    int found = socket(AF_PACKET, SOCK_RAW, 0);
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(name)};
    if (found < 0 || address.sll_ifindex == 0 || bind(found, (struct sockaddr *)&address, sizeof address) != 0) {
        perror(name);
        exit(1);
    }
    for (int i = 0; i < BURST; i++) {
        memcpy(frames[i], SYN, FRAME);
        pieces[i] = (struct iovec){.iov_base = frames[i], .iov_len = FRAME};
        messages[i].msg_hdr = (struct msghdr){.msg_iov = pieces + i, .msg_iovlen = 1};
    }
    return found;
}

/* Sleeps until `sent` packets are due. */
static void keep_pace(double began, uint64_t sent, double rate)
{
    double ahead = rate > 0 ? began + (double)sent / rate - now() : 0;
    if (ahead > 0.00005)
        usleep((useconds_t)(ahead * 1e6));
}

/* Packets that are handed to the kernel together. */
static unsigned burst_at(double rate)
{
    double due = rate / 10000;
    if (rate <= 0 || due > BURST)
        return BURST;
    return due < 1 ? 1 : (unsigned)due;
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return 2;
    int out = opened(argv[1]);
    uint64_t count = strtoull(argv[2], NULL, 10), first = strtoull(argv[5], NULL, 10), sent = 0;
    double rate = strtod(argv[3], NULL), began = now(), until = began + strtod(argv[4], NULL);
    unsigned most = burst_at(rate);
    while (sent < count && now() < until) {
        unsigned burst = count - sent < most ? (unsigned)(count - sent) : most;
        for (unsigned i = 0; i < burst; i++)
            number_frame(frames[i], first + sent + i);
        int taken = sendmmsg(out, messages, burst, 0);
        if (taken < 0 && errno != ENOBUFS && errno != EAGAIN && errno != EINTR) {
            perror("sendmmsg");
            return 1;
        }
        sent += taken > 0 ? (uint64_t)taken : 0;
        keep_pace(began, sent, rate);
    }
    printf("%" PRIu64 " %.3f\n", sent, now() - began);
    return 0;
}
