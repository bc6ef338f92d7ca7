// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The core over one capture: `read(bytes)` fills an array with the next bytes and says how many.

class CaptureError extends Error {}

const OK = 0;
const END = 1;
const NO_SYSTEM_CALL = 52; // ENOSYS of WASI: nothing here asks a system for anything
const KINDS = {
  i1: Int8Array, u1: Uint8Array, i2: Int16Array, u2: Uint16Array, i4: Int32Array, u4: Uint32Array,
  i8: BigInt64Array, u8: BigUint64Array, f8: Float64Array,
};

class Core {
  constructor(compiled, words, read) {
    this.words = words;
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

  // Reads on, and calls `take` with the core when there is another batch. Gives true while there is more. What came
  // before damage was given before the error is thrown.
  run(packets, take) {
    const status = this.core.core_run(packets);
    take(this);
    return this.check(status) !== END;
  }

  // The columns of the batch by name, those of each reader under its name; valid until the core is called again.
  // Beside them: `count` rows, the `group` of each, and its `confidence`: NaN where no signature names it.
  batch() {
    const { columns, readers } = this.words.batch;
    const at = this.core.core_batch();
    const head = new Uint32Array(this.memory.buffer, at, columns.length + 2 + readers.length);
    const [count, ...counts] = head.subarray(columns.length + 1);
    const found = { count };
    readers.forEach((reader, index) => (found[reader] = { count: counts[index] }));
    columns.forEach(([reader, name, kind, width], index) => {
      const into = reader ? found[reader] : found;
      into[name] = new KINDS[kind](this.memory.buffer, head[index], into.count * width);
    });
    found.group = new Int32Array(this.memory.buffer, this.core.core_groups(), count);
    found.confidence = new Float64Array(this.memory.buffer, this.core.core_confidences(), count);
    return found;
  }

  // Whether what two signatures name cannot be one system.
  contradicts(one, other) {
    return this.core.core_contradicts(one, other) !== 0;
  }

  // The senders of all rows of the batch, as texts.
  addresses(count) {
    const at = this.core.core_addresses();
    const ends = new Int32Array(this.memory.buffer, this.core.core_address_ends(), count + 1);
    const all = this.decoder.decode(this.bytes(at, ends[count]));
    return (row) => all.slice(ends[row], ends[row + 1]);
  }

  // Calls `take` with pieces of JSON Lines of rows `first` to `last` - 1: whole lines of UTF-8, valid until it returns.
  render(first, last, take) {
    this.core.core_select(first, last);
    for (;;) {
      const bytes = this.check(this.core.core_render());
      if (bytes === 0) break;
      take(this.bytes(this.core.core_piece(), bytes));
    }
  }

  // The records of rows `first` to `last` - 1.
  records(first, last) {
    const found = [];
    this.render(first, last, (piece) => {
      for (const line of this.decoder.decode(piece).split("\n")) if (line !== "") found.push(JSON.parse(line));
    });
    return found;
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
