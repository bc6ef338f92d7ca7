//! smoltcp behind a TUN interface: it answers on port 80 and opens one connection to each address
//! and port among its arguments. Arguments: INTERFACE BUFFER (ADDRESS PORT)...
use smoltcp::iface::{Config, Interface, SocketSet};
use smoltcp::phy::{wait, Medium, TunTapInterface};
use smoltcp::socket::tcp::{Socket, SocketBuffer};
use smoltcp::time::{Duration, Instant};
use smoltcp::wire::{HardwareAddress, IpAddress, IpCidr, Ipv4Address, Ipv6Address};
use std::os::unix::io::AsRawFd;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let buffer: usize = words[2].parse().unwrap();
    let mut device = TunTapInterface::new(&words[1], Medium::Ip).unwrap();
    let mut config = Config::new(HardwareAddress::Ip);
    config.random_seed = std::process::id() as u64;
    let mut iface = Interface::new(config, &mut device, Instant::now());
    iface.update_ip_addrs(|known| {
        known.push(IpCidr::new(IpAddress::v4(192, 0, 2, 1), 24)).unwrap();
        known.push(IpCidr::new(IpAddress::v6(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), 64)).unwrap();
    });
    iface.routes_mut().add_default_ipv4_route(Ipv4Address::new(192, 0, 2, 2)).unwrap();
    iface.routes_mut().add_default_ipv6_route(Ipv6Address::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 2)).unwrap();
    let socket = || Socket::new(SocketBuffer::new(vec![0; buffer]), SocketBuffer::new(vec![0; 4096]));
    let mut sockets = SocketSet::new(vec![]);
    let clients: Vec<_> = words[3..].chunks(2).map(|_| sockets.add(socket())).collect();
    let servers: Vec<_> = (0..40).map(|_| sockets.add(socket())).collect();
    for handle in &servers {
        sockets.get_mut::<Socket>(*handle).listen(80).unwrap();
    }
    for (number, (handle, end)) in clients.iter().zip(words[3..].chunks(2)).enumerate() {
        let address: IpAddress = end[0].parse().unwrap();
        let port: u16 = end[1].parse().unwrap();
        let own = 40000 + number as u16;
        sockets.get_mut::<Socket>(*handle).connect(iface.context(), (address, port), own).unwrap();
    }
    println!("ready");
    let fd = device.as_raw_fd();
    loop {
        let now = Instant::now();
        iface.poll(now, &mut device, &mut sockets);
        let pause = iface.poll_delay(now, &sockets).unwrap_or(Duration::from_millis(50));
        wait(fd, Some(pause.min(Duration::from_millis(50)))).unwrap();
    }
}
