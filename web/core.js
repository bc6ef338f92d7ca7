// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The core over one capture: `read(bytes)` fills an array with the next bytes and says how many.

class CaptureError extends Error {}

const OK = 0;
const END = 1;
const NO_SYSTEM_CALL = 52; // ENOSYS of WASI: nothing here asks a system for anything
class Core {
  constructor(compiled, read) {
    this.decoder = new TextDecoder();
    const refuse = () => NO_SYSTEM_CALL;
    const system = {};
    for (const one of WebAssembly.Module.imports(compiled)) if (one.module !== "page") system[one.name] = refuse;
    const page = { read: (at, length) => read(this.bytes(at, length)) };
    this.core = new WebAssembly.Instance(compiled, { page, wasi_snapshot_preview1: system }).exports;
    this.memory = this.core.memory;
    this.core._initialize();
  }

  bytes(at, length) {
    return new Uint8Array(this.memory.buffer, at, length);
  }

  text(at, length) {
    return this.decoder.decode(this.bytes(at, length));
  }

  // Puts a text, ended by a zero, where the core can read it.
  put(text) {
    const encoded = new TextEncoder().encode(`${text}\0`);
    const at = this.core.core_room(encoded.length);
    this.bytes(at, encoded.length).set(encoded);
    return at;
  }

  // Opens the capture; `name` is what records and messages call it.
  open(name) {
    this.name = name;
    this.check(this.core.core_open(this.put(name), ...crypto.getRandomValues(new Uint32Array(2))));
  }

  // Reads on, and calls `take`. Gives true while there is more. What came before damage was given before the error is
  // thrown.
  run(packets, take) {
    const status = this.core.core_run(packets);
    take();
    return this.check(status) !== END;
  }

  get packets() {
    return this.core.core_packets();
  }

  // The summary document as JSON, null of what is no capture.
  summary() {
    if (this.core.core_is_open() === 0) return null;
    const { name, packets } = this;
    const captures = JSON.stringify([{ name, first_packet: 1, packets }]);
    const length = this.check(this.core.core_summary(this.put(captures)));
    return this.text(this.core.core_summary_text(), length);
  }

  // Calls `take` with pieces of JSON Lines of what was read last: whole lines of UTF-8, valid until it returns.
  render(take) {
    for (;;) {
      const bytes = this.check(this.core.core_render());
      if (bytes === 0) break;
      take(this.bytes(this.core.core_piece(), bytes));
    }
  }

  check(status) {
    if (status >= OK) return status;
    const at = this.core.core_message();
    const all = new Uint8Array(this.memory.buffer, at);
    throw new CaptureError(`${this.name}: ${this.text(at, all.indexOf(0))}`);
  }
}
