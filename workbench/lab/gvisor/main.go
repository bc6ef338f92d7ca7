// gVisor's network stack behind a TUN interface: it answers on port 80 and opens one connection
// for each line "ADDRESS PORT" on standard input. With the word "runsc" it is configured as by gVisor's own
// runtime; without the word, it has the stack's defaults.
package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/adapters/gonet"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/link/fdbased"
	"gvisor.dev/gvisor/pkg/tcpip/link/tun"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv6"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
)

const (
	nic = 1
	mtu = 1500
)

func check(words string, failed any) {
	if text := fmt.Sprint(failed); text != "<nil>" {
		fmt.Fprintln(os.Stderr, words, text)
		os.Exit(1)
	}
}

func main() {
	fd, err := tun.Open(os.Args[1])
	check("tun", err)
	link, err := fdbased.New(&fdbased.Options{FDs: []int{fd}, MTU: mtu})
	check("link", err)
	made := stack.New(stack.Options{
		NetworkProtocols:   []stack.NetworkProtocolFactory{ipv4.NewProtocol, ipv6.NewProtocol},
		TransportProtocols: []stack.TransportProtocolFactory{tcp.NewProtocol},
	})
	if len(os.Args) > 2 && os.Args[2] == "runsc" {
		sack := tcpip.TCPSACKEnabled(true)
		check("sack", made.SetTransportProtocolOption(tcp.ProtocolNumber, &sack))
		moderate := tcpip.TCPModerateReceiveBufferOption(true)
		check("moderate", made.SetTransportProtocolOption(tcp.ProtocolNumber, &moderate))
	}
	check("nic", made.CreateNIC(nic, link))
	for _, text := range []string{"192.0.2.1", "2001:db8::1"} {
		parsed := net.ParseIP(text)
		protocol, address := ipv6.ProtocolNumber, tcpip.AddrFromSlice(parsed.To16())
		if four := parsed.To4(); four != nil {
			protocol, address = ipv4.ProtocolNumber, tcpip.AddrFromSlice(four)
		}
		check("address", made.AddProtocolAddress(nic, tcpip.ProtocolAddress{
			Protocol: protocol, AddressWithPrefix: address.WithPrefix(),
		}, stack.AddressProperties{}))
		listener, err := gonet.ListenTCP(made, tcpip.FullAddress{NIC: nic, Addr: address, Port: 80}, protocol)
		check("listen", err)
		go func() {
			for {
				talk, err := listener.Accept()
				if err != nil {
					return
				}
				talk.Close()
			}
		}()
	}
	made.SetRouteTable([]tcpip.Route{
		{Destination: header.IPv4EmptySubnet, NIC: nic},
		{Destination: header.IPv6EmptySubnet, NIC: nic},
	})
	fmt.Println("ready")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var text string
		var port uint16
		fmt.Sscan(lines.Text(), &text, &port)
		parsed := net.ParseIP(strings.TrimSpace(text))
		protocol, address := ipv6.ProtocolNumber, tcpip.AddrFromSlice(parsed.To16())
		if four := parsed.To4(); four != nil {
			protocol, address = ipv4.ProtocolNumber, tcpip.AddrFromSlice(four)
		}
		limit, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		talk, err := gonet.DialContextTCP(limit, made, tcpip.FullAddress{NIC: nic, Addr: address, Port: port}, protocol)
		cancel()
		if err == nil {
			talk.Close()
		}
		fmt.Println("done")
	}
}
