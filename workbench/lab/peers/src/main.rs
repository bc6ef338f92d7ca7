//! What the crate p0f_api gets for addresses: SOCKET ADDRESS...; a line each.
use std::net::IpAddr;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut client = p0f_api::P0f::new_connect(&words[0]).expect("a socket");
    for word in &words[1..] {
        let address: IpAddr = word.parse().expect("an address");
        println!("{} {:?}", word, client.query(&address).expect("an answer"));
    }
}
