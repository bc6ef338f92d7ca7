//! Times huginn-net-tcp: `huginn_net_tcp_benchmark MODE FILE PACKETS`; prints one JSON object.
//!
//! pcap      `analyze_pcap`, its results counted by a second thread
//! packets   packets already in memory through `process_ipv4_packet`, as its own benchmark has it
//! parse     `parse_packet` alone, the result not looked at, as its own benchmark has it
//! detect    `parse_packet`, then whether it is TCP and a SYN: what deciding takes
//!
//! Databases and connection limit are those of its documentation. The last two modes go over
//! the first 4096 packets again and again until PACKETS were done, so that they are in the cache.

use huginn_net_db::Database;
use huginn_net_tcp::packet_parser::{parse_packet, IpPacket};
use huginn_net_tcp::{
    process_ipv4_packet, process_ipv6_packet, ConnectionKey, HuginnNetTcp, SignatureMatcher,
    TcpAnalysisResult, TcpTimestamp,
};
use pcap_file::pcap::PcapReader;
use pnet::packet::ip::IpNextHeaderProtocols;
use pnet::packet::tcp::{TcpFlags, TcpPacket};
use pnet::packet::Packet;
use std::fs::File;
use std::hint::black_box;
use std::sync::{mpsc, Arc};
use std::time::Instant;
use ttl_cache::TtlCache;

const CONNECTIONS: usize = 1000;
const CACHED: usize = 4096;

type Failure = Box<dyn std::error::Error>;

#[derive(Default)]
struct Counts {
    packets: usize,
    syn: usize,
    mtu: usize,
    uptime: usize,
}

impl Counts {
    fn add(&mut self, result: &TcpAnalysisResult) {
        self.syn += usize::from(result.syn.is_some());
        self.mtu += usize::from(result.mtu.is_some());
        self.uptime += usize::from(result.client_uptime.is_some() || result.server_uptime.is_some());
    }
}

/// Wall and processor time of a piece of work.
struct Spent {
    seconds: f64,
    cpu: f64,
}

/// Both clocks, from where they stood.
struct Clock {
    began: Instant,
    cpu: f64,
}

impl Clock {
    fn start() -> Clock {
        Clock { began: Instant::now(), cpu: processor_seconds() }
    }

    fn stop(self) -> Spent {
        Spent { seconds: self.began.elapsed().as_secs_f64(), cpu: processor_seconds() - self.cpu }
    }
}

/// What all threads have used, in steps of 10 ms.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(") ").next().unwrap_or_default();
    let ticks = after_name.split(' ').skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

fn database() -> Result<Arc<Database>, Failure> {
    Ok(Arc::new(Database::load_default()?))
}

fn packets_of(path: &str, limit: usize) -> Result<Vec<Vec<u8>>, Failure> {
    let mut reader = PcapReader::new(File::open(path)?)?;
    let mut packets = Vec::new();
    while let Some(packet) = reader.next_packet() {
        packets.push(packet?.data.into_owned());
        if packets.len() == limit {
            break;
        }
    }
    Ok(packets)
}

fn pcap(path: &str, packets: usize) -> Result<(Counts, Spent), Failure> {
    let mut analyzer = HuginnNetTcp::new(Some(database()?), CONNECTIONS)?;
    let (sender, receiver) = mpsc::channel::<TcpAnalysisResult>();
    let counter = std::thread::spawn(move || {
        let mut counts = Counts::default();
        receiver.iter().for_each(|result| counts.add(&result));
        counts
    });
    let clock = Clock::start();
    analyzer.analyze_pcap(path, sender, None)?;
    let mut counts = counter.join().map_err(|_| "the receiving thread failed")?;
    counts.packets = packets;
    Ok((counts, clock.stop()))
}

fn in_memory(path: &str, packets: usize) -> Result<(Counts, Spent), Failure> {
    let database = database()?;
    let packets = packets_of(path, packets)?;
    let mut tracker: TtlCache<ConnectionKey, TcpTimestamp> = TtlCache::new(CONNECTIONS);
    let mut counts = Counts { packets: packets.len(), ..Counts::default() };
    let clock = Clock::start();
    let matcher = SignatureMatcher::new(&database);
    for packet in &packets {
        let result = match parse_packet(packet) {
            IpPacket::Ipv4(ip) => process_ipv4_packet(&ip, &mut tracker, Some(&matcher)),
            IpPacket::Ipv6(ip) => process_ipv6_packet(&ip, &mut tracker, Some(&matcher)),
            IpPacket::None => continue,
        };
        if let Ok(result) = result {
            counts.add(&result);
        }
    }
    Ok((counts, clock.stop()))
}

fn is_syn(packet: &[u8]) -> bool {
    let syn = |protocol, payload: &[u8]| {
        protocol == IpNextHeaderProtocols::Tcp
            && TcpPacket::new(payload)
                .is_some_and(|tcp| tcp.get_flags() & (TcpFlags::SYN | TcpFlags::ACK) == TcpFlags::SYN)
    };
    match parse_packet(packet) {
        IpPacket::Ipv4(ip) => syn(ip.get_next_level_protocol(), ip.payload()),
        IpPacket::Ipv6(ip) => syn(ip.get_next_header(), ip.payload()),
        IpPacket::None => false,
    }
}

fn cached(path: &str, packets: usize, look: impl Fn(&[u8]) -> bool) -> Result<(Counts, Spent), Failure> {
    let frames = packets_of(path, CACHED)?;
    let rounds = packets.div_ceil(frames.len());
    let mut counts = Counts { packets: rounds * frames.len(), ..Counts::default() };
    let clock = Clock::start();
    for _ in 0..rounds {
        counts.syn += black_box(&frames).iter().filter(|frame| look(frame)).count();
    }
    Ok((counts, clock.stop()))
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, mode, path, packets] = arguments.as_slice() else {
        return Err("usage: huginn_net_tcp_benchmark pcap|packets|parse|detect FILE PACKETS".into());
    };
    let packets = packets.parse()?;
    let (counts, spent) = match mode.as_str() {
        "pcap" => pcap(path, packets)?,
        "packets" => in_memory(path, packets)?,
        "parse" => cached(path, packets, |frame| {
            let _ = parse_packet(frame);
            false
        })?,
        "detect" => cached(path, packets, is_syn)?,
        other => return Err(format!("unknown mode {other}").into()),
    };
    println!(
        "{{\"packets\": {}, \"seconds\": {}, \"cpu\": {}, \"syn\": {}, \"mtu\": {}, \"uptime\": {}}}",
        counts.packets, spent.seconds, spent.cpu, counts.syn, counts.mtu, counts.uptime
    );
    Ok(())
}
