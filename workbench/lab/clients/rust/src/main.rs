//! Sends the hello of Rust's rustls, by the HTTP client ureq.

fn main() {
    let address = std::env::args().nth(1).expect("an address");
    let _ = ureq::get(&address).call();
}
