// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The worker: reads one capture piece by piece and tells the page what it finds. The page ends it to cancel.
//
//   in   {file, core, words, save}
//   out  {progress: {read, of, packets}, rows: [record, …], events: Blob}   as it goes: rows that are listed, or
//                                                                           all records when they are to be saved
//        {done: {stats, totals, events, error}}                             at the end
//
//   in   {who: address}, after the end of what is shown
//   out  {who: address, known: {host, …} or null}

const PACKETS_A_STEP = 20000;
const MOST_ROWS = 5000; // events that the page lists; the export has all of them

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

// Takes what tables and charts are made of, and the first events.
class Shown {
  constructor(words) {
    this.totals = new Totals(words);
    this.events = 0;
  }

  take(core) {
    const { count } = core.batch();
    this.totals.take(core);
    const listed = Math.min(count, Math.max(MOST_ROWS - this.events, 0));
    this.events += count;
    return { rows: core.records(0, listed) };
  }

  found() {
    return { totals: this.totals.found(), events: this.events };
  }
}

// Takes all records.
class Saved {
  take(core) {
    const pieces = [];
    core.render(0, core.batch().count, (piece) => pieces.push(piece.slice()));
    return { events: new Blob(pieces) };
  }

  found() {
    return {};
  }
}

// Everything of one capture; `tell` gets the messages.
const analyse = (file, compiled, words, taker, tell) => {
  const bytes = new Bytes(file);
  const core = new Core(compiled, words, (to) => bytes.read(to));
  let error = null;
  try {
    core.open(file.name);
    const take = () => {
      const taken = taker.take(core);
      tell({ progress: { read: bytes.at, of: file.size, packets: core.stats().packets }, ...taken });
    };
    while (core.run(PACKETS_A_STEP, take));
  } catch (caught) {
    if (!(caught instanceof CaptureError)) throw caught;
    error = caught.message;
  }
  const opened = core.core.core_is_open() !== 0;
  tell({ done: { error, stats: opened ? core.stats() : null, ...taker.found() } });
};

if (typeof FileReaderSync !== "undefined") {
  let shown = null;
  onmessage = async ({ data: { file, core, words, save, who } }) => {
    if (who !== undefined) {
      postMessage({ who, known: shown.totals.who(who) });
      return;
    }
    try {
      shown = save ? null : new Shown(words);
      analyse(file, await WebAssembly.compile(core), words, shown ?? new Saved(), postMessage);
    } catch (error) {
      postMessage({ failure: String(error) });
    }
  };
}
