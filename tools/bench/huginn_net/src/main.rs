//! Times huginn-net: `huginn_net_benchmark READER tls|http FILE`; prints seconds and what it found.
//!
//! all   the crate huginn-net, which reads TCP, HTTP and TLS, as its documentation has it
//! tls   huginn-net-tls alone
//! http  huginn-net-http alone, with its database as its documentation has it
//!
//! Counted are hellos of TLS clients, or requests of HTTP, by a second thread, to which results are sent.

use huginn_net::{Database, FingerprintResult, HuginnNet};
use huginn_net_db::SharedHttpSignatureMatcher;
use huginn_net_http::{HttpAnalysisResult, HuginnNetHttp};
use huginn_net_tls::{HuginnNetTls, TlsClientOutput};
use std::error::Error;
use std::sync::mpsc::{channel, Sender};
use std::sync::Arc;
use std::time::Instant;

const CONNECTIONS: usize = 1000;

type Failure = Box<dyn Error>;

fn timed<T, F, C>(analyze: F, counts: C) -> Result<(f64, usize), Failure>
where
    T: Send + 'static,
    F: FnOnce(Sender<T>) -> Result<(), Failure>,
    C: Fn(&T) -> bool + Send + 'static,
{
    let (sender, receiver) = channel::<T>();
    let counter = std::thread::spawn(move || receiver.iter().filter(counts).count());
    let began = Instant::now();
    analyze(sender)?;
    let found = counter.join().map_err(|_| "the receiving thread failed")?;
    Ok((began.elapsed().as_secs_f64(), found))
}

fn all(what: &str, path: &str) -> Result<(f64, usize), Failure> {
    let database = Database::load_default()?;
    let mut analyzer = HuginnNet::new(Some(&database), CONNECTIONS, None)?;
    let http = what == "http";
    timed(
        |sender| Ok(analyzer.analyze_pcap(path, sender, None)?),
        move |one: &FingerprintResult| if http { one.http_request.is_some() } else { one.tls_client.is_some() },
    )
}

fn tls(path: &str) -> Result<(f64, usize), Failure> {
    let mut analyzer = HuginnNetTls::new(CONNECTIONS);
    timed(|sender| Ok(analyzer.analyze_pcap(path, sender, None)?), |_: &TlsClientOutput| true)
}

fn http(path: &str) -> Result<(f64, usize), Failure> {
    let database = Database::load_default()?;
    let matcher = Arc::new(SharedHttpSignatureMatcher::from_database(&database));
    let mut analyzer = HuginnNetHttp::new(CONNECTIONS).with_matcher(matcher);
    timed(
        |sender| Ok(analyzer.analyze_pcap(path, sender, None)?),
        |one: &HttpAnalysisResult| one.http_request.is_some(),
    )
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, reader, what, path] = arguments.as_slice() else {
        return Err("usage: huginn_net_benchmark all|tls|http tls|http FILE".into());
    };
    let (seconds, found) = match reader.as_str() {
        "all" => all(what, path)?,
        "tls" => tls(path)?,
        _ => http(path)?,
    };
    println!("{seconds} {found}");
    Ok(())
}
