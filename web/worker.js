// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The worker: reads one capture piece by piece and tells the page what it finds. The page ends it to cancel.
//
//   in   {file, core, words}
//   out  {progress: {read, of, packets}, events: Blob, rows: [record, …]}   as it goes
//        {done: {stats, totals, error, truncated}}                          at the end

const PACKETS_A_STEP = 20000;
const MOST_ROWS = 20000; // events that the page lists; the export has all of them
const decoder = new TextDecoder();

// Fills arrays from a file, in order.
class Bytes {
  constructor(file) {
    this.file = file;
    this.reader = new FileReaderSync();
    this.at = 0;
  }

  read(to) {
    try {
      const bytes = new Uint8Array(this.reader.readAsArrayBuffer(this.file.slice(this.at, this.at + to.length)));
      to.set(bytes);
      this.at += bytes.length;
      return bytes.length;
    } catch {
      return -1;
    }
  }
}

// Everything of one capture; `tell` gets the messages.
const analyse = (file, compiled, words, tell) => {
  const bytes = new Bytes(file);
  const core = new Core(compiled, words, (to) => bytes.read(to));
  const totals = new Totals(words);
  let error = null;
  let listed = 0;
  try {
    core.open(file.name);
    for (let more = true; more; ) {
      const pieces = [];
      const rows = [];
      const take = (piece) => {
        pieces.push(piece.slice());
        for (const line of decoder.decode(piece).split("\n")) {
          if (line === "") continue;
          const record = JSON.parse(line);
          totals.add(record);
          if (listed++ < MOST_ROWS) rows.push(record);
        }
      };
      try {
        more = core.run(PACKETS_A_STEP, take);
      } finally {
        const packets = core.stats().packets;
        tell({ progress: { read: bytes.at, of: file.size, packets }, events: new Blob(pieces), rows });
      }
    }
  } catch (caught) {
    if (!(caught instanceof CaptureError)) throw caught;
    error = caught.message;
  }
  const opened = core.core.core_is_open() !== 0;
  tell({ done: { error, events: listed, stats: opened ? core.stats() : null, totals: totals.found() } });
};

if (typeof FileReaderSync !== "undefined")
  onmessage = async ({ data: { file, core, words } }) => {
    try {
      analyse(file, await WebAssembly.compile(core), words, postMessage);
    } catch (error) {
      postMessage({ failure: String(error) });
    }
  };
