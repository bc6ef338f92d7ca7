// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Runs the core over captures, which it reads as one stream. `input` (see input.js) gives the bytes of the open capture.
// `segments`: hosts are also matched by all their segments together. `areSeveral`: events name their capture.

class CaptureError extends Error {}

const OK = 0;
const END = 1;
const TRUNCATED = -4; // HG_E_TRUNCATED
const HEAD = 4; // a capture has at least this many bytes
const OF_NO_CAPTURE = [-1, -6]; // HG_E_MEMORY, HG_E_ARGUMENT
const NO_SYSTEM_CALL = 52; // ENOSYS of WASI: the core makes no system calls here
class Core {
  constructor(compiled, input, segments, areSeveral) {
    this.input = input;
    this.decoder = new TextDecoder();
    this.captures = []; // captures begun so far: their names, and the number of packets read before them
    this.isOpen = false; // whether one of them could be opened
    const refuse = () => NO_SYSTEM_CALL;
    const system = {};
    for (const one of WebAssembly.Module.imports(compiled)) if (one.module !== "page") system[one.name] = refuse;
    const page = { read: (at, length) => input.read(this.bytes(at, length)), ready: () => input.isReady };
    this.core = new WebAssembly.Instance(compiled, { page, wasi_snapshot_preview1: system }).exports;
    this.memory = this.core.memory;
    this.core._initialize();
    this.check(this.core.core_begin(...crypto.getRandomValues(new Uint32Array(2)), segments, areSeveral));
  }

  bytes(at, length) {
    return new Uint8Array(this.memory.buffer, at, length);
  }

  text(at, length) {
    return this.decoder.decode(this.bytes(at, length));
  }

  // Copies a text, ended by a zero, to the core's memory, and calls a function of the core with it.
  called(name, text, ...more) {
    const encoded = new TextEncoder().encode(`${text}\0`);
    const at = this.core.core_room(encoded.length);
    this.bytes(at, encoded.length).set(encoded);
    return this.check(this.core[name](at, ...more));
  }

  // Opens the next capture; records and messages call it `name`. `compression`: its unsupported compression, if any.
  open(name, compression) {
    this.captures.push({ name, before: this.packets });
    if (compression) {
      const remedy = "which this page cannot read; decompress it, or use huginn pcap";
      throw this.error(`compressed with ${compression}, ${remedy}`);
    }
    this.called("core_open", name);
    this.isOpen = true;
  }

  // Reads more packets and calls `take`. Returns true while there are more. If the capture is damaged, `take` is called
  // for the packets before the damage, then the error is thrown.
  run(packets, take) {
    const status = this.core.core_run(packets);
    take();
    return this.check(status) !== END;
  }

  // After the last capture: reads data that no packet acknowledged, and calls `take` for each batch of them.
  finish(take) {
    this.input.gzip = null; // its capture reported its damage
    const ends = this.captures.slice(1).map((one) => one.before);
    for (const [at, { name }] of this.captures.entries()) {
      for (let status = OK; status !== END; take()) status = this.called("core_finish", name, ends[at] ?? 2 ** 63);
    }
  }

  get packets() {
    return this.core.core_packets();
  }

  // The summary document as JSON; null if no capture could be read.
  summary() {
    if (!this.isOpen) return null;
    const ends = [...this.captures.slice(1).map((one) => one.before), this.packets];
    const captures = this.captures.map(({ name, before }, at) => ({
      name,
      first_packet: before + 1,
      packets: ends[at] - before,
    }));
    const length = this.called("core_summary", JSON.stringify(captures));
    return this.text(this.core.core_text(), length);
  }

  // The record of a host as JSON; null for an unknown address.
  host(address) {
    const length = this.called("core_host", address);
    return length ? this.text(this.core.core_text(), length) : null;
  }

  // Renders the latest packets' records as JSON Lines and calls `take` with pieces: whole lines of UTF-8, valid until it
  // returns.
  render(take) {
    for (;;) {
      const bytes = this.check(this.core.core_render());
      if (bytes === 0) break;
      take(this.bytes(this.core.core_text(), bytes));
    }
  }

  error(message) {
    return new CaptureError(`${this.captures.at(-1).name}: ${message}`);
  }

  // Returns the status, or throws an error. If compressed data is damaged, the error gives that as the reason.
  check(status) {
    const { damage, given } = this.input;
    if (damage !== null && (status === END || status === TRUNCATED || (status < OK && given < HEAD))) {
      const record = this.core.core_record();
      throw this.error(record ? `${damage}; its capture ends at record ${record}` : damage);
    }
    if (status >= OK) return status;
    const at = this.core.core_message();
    const all = new Uint8Array(this.memory.buffer, at);
    const message = this.text(at, all.indexOf(0));
    if (OF_NO_CAPTURE.includes(status)) throw new Error(message);
    throw this.error(message);
  }
}
