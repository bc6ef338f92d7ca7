// Prints what huginn-net says of the SYNs and SYN+ACKs of one capture.
use huginn_net::{Database, FingerprintResult, HuginnNet};
use std::sync::mpsc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: print CAPTURE")?;
    let (sender, receiver) = mpsc::channel::<FingerprintResult>();
    let printer = std::thread::spawn(move || {
        for result in receiver {
            if let Some(syn) = result.tcp_syn {
                println!("{syn}");
            }
            if let Some(syn_ack) = result.tcp_syn_ack {
                println!("{syn_ack}");
            }
        }
    });
    let database = Database::load_default()?;
    let read = HuginnNet::new(Some(&database), 1000, None)?.analyze_pcap(&path, sender, None);
    printer.join().map_err(|_| "printing failed")?;
    read?;
    Ok(())
}
