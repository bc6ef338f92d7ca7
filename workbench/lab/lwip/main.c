/* lwIP behind a TAP interface (Debian's liblwip): it answers on port 80 and opens one connection
 * to each address and port among its arguments. The interface is named by PRECONFIGURED_TAPIF. */
#include <lwip/netif.h>
#include <lwip/sys.h>
#include <lwip/tcp.h>
#include <lwip/tcpip.h>
#include <netif/tapif.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct netif card;
static char **ends;

static err_t accepted(void *argument, struct tcp_pcb *talk, err_t error)
{
    (void)argument;
    (void)error;
    tcp_close(talk);
    return ERR_OK;
}

static err_t connected(void *argument, struct tcp_pcb *talk, err_t error)
{
    return accepted(argument, talk, error);
}

static void begin(void *argument)
{
    ip_addr_t address;
    ip4_addr_t own, mask, gateway;
    struct tcp_pcb *listener;
    s8_t slot;

    (void)argument;
    IP4_ADDR(&own, 192, 0, 2, 1);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    IP4_ADDR(&gateway, 192, 0, 2, 2);
    netif_add(&card, &own, &mask, &gateway, NULL, tapif_init, tcpip_input);
    netif_set_default(&card);
    netif_create_ip6_linklocal_address(&card, 1);
    ipaddr_aton("2001:db8::1", &address);
    netif_add_ip6_address(&card, ip_2_ip6(&address), &slot);
    netif_ip6_addr_set_state(&card, slot, IP6_ADDR_PREFERRED);
    netif_set_up(&card);
    netif_set_link_up(&card);
    listener = tcp_new_ip_type(IPADDR_TYPE_ANY);
    tcp_bind(listener, IP_ANY_TYPE, 80);
    listener = tcp_listen(listener);
    tcp_accept(listener, accepted);
    for (; ends[0] != NULL && ends[1] != NULL; ends += 2) {
        struct tcp_pcb *talk = tcp_new_ip_type(IPADDR_TYPE_ANY);
        ipaddr_aton(ends[0], &address);
        tcp_connect(talk, &address, (u16_t)atoi(ends[1]), connected);
    }
    puts("ready");
    fflush(stdout);
}

int main(int count, char **words)
{
    (void)count;
    ends = words + 1;
    tcpip_init(begin, NULL);
    for (;;)
        sleep(1);
}
