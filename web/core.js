// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The core over one capture: `read(bytes)` fills an array with the next bytes and says how many.

class CaptureError extends Error {}

const OK = 0;
const END = 1;
const NO_SYSTEM_CALL = 52; // ENOSYS of WASI: nothing here asks a system for anything

class Core {
  constructor(compiled, words, read) {
    this.words = words;
    this.answers = new Answers(words);
    const refuse = () => NO_SYSTEM_CALL;
    const system = {};
    for (const one of WebAssembly.Module.imports(compiled)) if (one.module !== "page") system[one.name] = refuse;
    const page = {
      read: (at, length) => read(this.bytes(at, length)),
      answer: (basis, numbers, layout, layoutBytes, quirks, quirkBytes, to, capacity) => {
        const found = this.answers.of(
          new Uint32Array(this.memory.buffer, basis, numbers),
          () => [this.text(layout, layoutBytes), this.text(quirks, quirkBytes)],
        );
        if (found.length <= capacity) this.bytes(to, capacity).set(found);
        return found.length;
      },
    };
    this.core = new WebAssembly.Instance(compiled, { page, wasi_snapshot_preview1: system }).exports;
    this.memory = this.core.memory;
    this.core._initialize();
  }

  bytes(at, length) {
    return new Uint8Array(this.memory.buffer, at, length);
  }

  text(at, length) {
    return String.fromCharCode(...this.bytes(at, length));
  }

  // Opens the capture; `name` is what records and messages call it.
  open(name) {
    this.name = name;
    const encoded = new TextEncoder().encode(`${name}\0`);
    const at = this.core.core_room(encoded.length);
    this.bytes(at, encoded.length).set(encoded);
    this.check(this.core.core_open(at, ...crypto.getRandomValues(new Uint32Array(2))));
  }

  // Calls `take` with pieces of JSON Lines, whole lines of UTF-8 that are valid until it returns. Gives true while
  // there is more. What came before damage was given before the error is thrown.
  run(packets, take) {
    const status = this.core.core_run(packets);
    for (;;) {
      const bytes = this.check(this.core.core_render());
      if (bytes === 0) break;
      take(this.bytes(this.core.core_piece(), bytes));
    }
    return this.check(status) !== END;
  }

  check(status) {
    if (status >= OK) return status;
    const at = this.core.core_message();
    const all = new Uint8Array(this.memory.buffer, at);
    throw new CaptureError(`${this.name}: ${this.text(at, all.indexOf(0))}`);
  }

  // Counters by name: numbers, and lists of numbers.
  stats() {
    const at = this.core.core_stats();
    const found = {};
    for (const [name, [offset, count, bytes]] of Object.entries(this.words.stats)) {
      const kind = bytes === 8 ? BigUint64Array : Uint32Array;
      const values = [...new kind(this.memory.buffer, at + offset, count)].map(Number);
      found[name] = count === 1 ? values[0] : values;
    }
    return found;
  }
}
