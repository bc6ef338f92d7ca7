// An agent inside a network namespace or a virtual machine: it configures the kernel, listens, connects,
// and prints every SYN and SYN+ACK that passes. One command per line on standard input:
//
//	set NAME VALUE            a sysctl, dots or slashes
//	get NAME                  its value
//	run WORD...               a program that ends by itself; "␠" in a word stands for a blank
//	listen PORT OPTION...     IPv4 and IPv6; accepted connections are closed
//	close PORT
//	connect ADDRESS PORT MILLISECONDS OPTION...
//	cat FILE
//	version
//
// Each is answered with one line, "ok ..." or "error ...". Options: rcvbuf=N, maxseg=N, clamp=N,
// mptcp, fastopen. Packets are printed as lines "packet HEX", beginning with the IP header, when they pass.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	protocolMPTCP   = 262
	optionFastopen  = 23 // TCP_FASTOPEN
	optionConnect   = 30 // TCP_FASTOPEN_CONNECT
	optionClamp     = 10 // TCP_WINDOW_CLAMP
	flagSYN         = 2
	protocolTCP     = 6
	everyEtherType  = 0x0300 // ETH_P_ALL in network order
	fastopenBacklog = 16
)

var (
	input     *os.File = os.Stdin
	output    *os.File = os.Stdout
	printing  sync.Mutex
	listening = map[int][]int{}
)

func say(format string, words ...any) {
	printing.Lock()
	defer printing.Unlock()
	fmt.Fprintf(output, format+"\n", words...)
}

func main() {
	if os.Getpid() == 1 {
		boot()
	}
	if err := watch(); err != nil {
		say("error %v", err)
		os.Exit(1)
	}
	say("ok ready")
	lines := bufio.NewScanner(input)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if len(words) == 0 {
			continue
		}
		if answer, err := obey(words[0], words[1:]); err != nil {
			say("error %v", err)
		} else {
			say("ok %s", answer)
		}
	}
}

func obey(command string, words []string) (string, error) {
	switch command {
	case "set":
		path := "/proc/sys/" + strings.ReplaceAll(words[0], ".", "/")
		return "", os.WriteFile(path, []byte(strings.Join(words[1:], " ")), 0)
	case "get":
		text, err := os.ReadFile("/proc/sys/" + strings.ReplaceAll(words[0], ".", "/"))
		return strings.TrimSpace(string(text)), err
	case "run":
		for number, word := range words {
			words[number] = strings.ReplaceAll(word, "␠", " ")
		}
		text, err := exec.Command(words[0], words[1:]...).CombinedOutput()
		if err != nil {
			return "", fmt.Errorf("%v: %s", err, strings.ReplaceAll(strings.TrimSpace(string(text)), "\n", "; "))
		}
		return "", nil
	case "listen":
		port, _ := strconv.Atoi(words[0])
		return "", listen(port, words[1:])
	case "close":
		port, _ := strconv.Atoi(words[0])
		for _, fd := range listening[port] {
			syscall.Shutdown(fd, syscall.SHUT_RDWR) // wakes the one that waits in accept
			syscall.Close(fd)
		}
		delete(listening, port)
		return "", nil
	case "connect":
		port, _ := strconv.Atoi(words[1])
		limit, _ := strconv.Atoi(words[2])
		return connect(words[0], port, time.Duration(limit)*time.Millisecond, words[3:])
	case "cat":
		text, err := os.ReadFile(words[0])
		return strings.TrimSpace(string(text)), err
	case "version":
		return obey("get", []string{"kernel.osrelease"})
	}
	return "", fmt.Errorf("no command %s", command)
}

// watch shows the SYNs and SYN+ACKs of all interfaces.
func watch() error {
	fd, err := syscall.Socket(syscall.AF_PACKET, syscall.SOCK_DGRAM, everyEtherType)
	if err != nil {
		return err
	}
	go func() {
		data := make([]byte, 1<<16)
		for {
			count, _, err := syscall.Recvfrom(fd, data, 0)
			if err == nil && opens(data[:count]) {
				say("packet %s", hex.EncodeToString(data[:count]))
			}
		}
	}()
	return nil
}

// opens reports whether an IP packet begins a connection.
func opens(data []byte) bool {
	header := 40
	switch {
	case len(data) >= 20 && data[0]>>4 == 4 && data[9] == protocolTCP:
		header = int(data[0]&15) * 4
	case len(data) >= 40 && data[0]>>4 == 6 && data[6] == protocolTCP:
	default:
		return false
	}
	return len(data) > header+13 && data[header+13]&flagSYN != 0
}

func socket(family int, words []string) (int, error) {
	protocol := 0
	for _, word := range words {
		if word == "mptcp" {
			protocol = protocolMPTCP
		}
	}
	fd, err := syscall.Socket(family, syscall.SOCK_STREAM, protocol)
	if err != nil {
		return fd, err
	}
	syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1)
	for _, word := range words {
		name, text, _ := strings.Cut(word, "=")
		value, _ := strconv.Atoi(text)
		switch name {
		case "rcvbuf":
			err = syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_RCVBUF, value)
		case "maxseg":
			err = syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_MAXSEG, value)
		case "clamp":
			err = syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, optionClamp, value)
		}
		if err != nil {
			syscall.Close(fd)
			return -1, fmt.Errorf("%s: %v", word, err)
		}
	}
	return fd, nil
}

func address(text string, port int) (int, syscall.Sockaddr) {
	if found := net.ParseIP(text).To4(); found != nil {
		return syscall.AF_INET, &syscall.SockaddrInet4{Port: port, Addr: [4]byte(found)}
	}
	return syscall.AF_INET6, &syscall.SockaddrInet6{Port: port, Addr: [16]byte(net.ParseIP(text).To16())}
}

func listen(port int, words []string) error {
	for _, any := range []string{"0.0.0.0", "::"} {
		family, where := address(any, port)
		fd, err := socket(family, words)
		if err != nil {
			return err
		}
		if family == syscall.AF_INET6 {
			syscall.SetsockoptInt(fd, syscall.IPPROTO_IPV6, syscall.IPV6_V6ONLY, 1)
		}
		if err := syscall.Bind(fd, where); err != nil {
			syscall.Close(fd)
			return err
		}
		for _, word := range words {
			if word == "fastopen" {
				syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, optionFastopen, fastopenBacklog)
			}
		}
		if err := syscall.Listen(fd, 16); err != nil {
			return err
		}
		listening[port] = append(listening[port], fd)
		go accept(fd)
	}
	return nil
}

func accept(fd int) {
	for {
		talk, _, err := syscall.Accept(fd)
		if err != nil {
			return
		}
		syscall.Close(talk)
	}
}

// connect opens a connection and closes it; it gives up when the time is over.
func connect(where string, port int, limit time.Duration, words []string) (string, error) {
	family, target := address(where, port)
	fd, err := socket(family, words)
	if err != nil {
		return "", err
	}
	defer syscall.Close(fd)
	send := false
	for _, word := range words {
		if word == "fastopen" {
			send = true
			if err := syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, optionConnect, 1); err != nil {
				return "", err
			}
		}
	}
	wait := syscall.NsecToTimeval(limit.Nanoseconds())
	syscall.SetsockoptTimeval(fd, syscall.SOL_SOCKET, syscall.SO_SNDTIMEO, &wait)
	if err := syscall.Connect(fd, target); err != nil {
		return "unanswered", nil
	}
	if send {
		syscall.Write(fd, []byte("x"))
		time.Sleep(limit / 50)
	}
	return "connected", nil
}

// boot prepares a virtual machine, as its first process.
func boot() {
	syscall.Mount("proc", "/proc", "proc", 0, "")
	syscall.Mount("sysfs", "/sys", "sysfs", 0, "")
	syscall.Mount("devtmpfs", "/dev", "devtmpfs", 0, "")
	os.Setenv("PATH", "/bin")
	if serial, err := os.OpenFile("/dev/ttyS1", os.O_RDWR|syscall.O_NOCTTY, 0); err == nil {
		input, output = serial, serial
		exec.Command("/bin/busybox", "stty", "-F", "/dev/ttyS1", "raw", "-echo").Run()
	}
	names, _ := os.ReadFile("/modules/order")
	for _, name := range strings.Fields(string(names)) {
		if text, err := exec.Command("/bin/busybox", "insmod", "/modules/"+name).CombinedOutput(); err != nil {
			say("note %s: %s", name, strings.TrimSpace(string(text)))
		}
	}
}
