//! Times huginn-net: `huginn_net_benchmark all|tls FILE`; prints seconds and the hellos that it found.
//!
//! all  the crate of that name, which reads TCP, HTTP and TLS, as its documentation has it
//! tls  huginn-net-tls alone
//!
//! Results are counted by a second thread, as both send them.

use huginn_net::{Database, FingerprintResult, HuginnNet};
use huginn_net_tls::{HuginnNetTls, TlsClientOutput};
use std::sync::mpsc;
use std::time::Instant;

const CONNECTIONS: usize = 1000;

type Failure = Box<dyn std::error::Error>;

fn all(path: &str) -> Result<(f64, usize), Failure> {
    let database = Database::load_default()?;
    let (sender, receiver) = mpsc::channel::<FingerprintResult>();
    let counter = std::thread::spawn(move || receiver.iter().filter(|one| one.tls_client.is_some()).count());
    let mut analyzer = HuginnNet::new(Some(&database), CONNECTIONS, None)?;
    let began = Instant::now();
    analyzer.analyze_pcap(path, sender, None)?;
    let hellos = counter.join().map_err(|_| "the receiving thread failed")?;
    Ok((began.elapsed().as_secs_f64(), hellos))
}

fn tls(path: &str) -> Result<(f64, usize), Failure> {
    let (sender, receiver) = mpsc::channel::<TlsClientOutput>();
    let counter = std::thread::spawn(move || receiver.iter().count());
    let mut analyzer = HuginnNetTls::new(CONNECTIONS);
    let began = Instant::now();
    analyzer.analyze_pcap(path, sender, None)?;
    let hellos = counter.join().map_err(|_| "the receiving thread failed")?;
    Ok((began.elapsed().as_secs_f64(), hellos))
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, mode, path] = arguments.as_slice() else {
        return Err("usage: huginn_net_benchmark all|tls FILE".into());
    };
    let (seconds, hellos) = if mode == "all" { all(path)? } else { tls(path)? };
    println!("{seconds} {hellos}");
    Ok(())
}
