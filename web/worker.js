// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The worker: reads one capture piece by piece, and hands the page the summary document of the core, again and again
// while it reads. The page ends it to cancel.
//
//   in   {file, core, save}
//   out  {progress: {read, of, packets}}      as it goes
//        {summary: JSON}                      now and then
//        {events: Blob}                       in place of summaries, when all records are to be saved
//        {done: {error, summary: JSON}}       at the end; the summary is null of what is no capture

const PACKETS_A_STEP = 20000;
const PAUSE = 20; // a summary takes at most one part in so many of the time
const FIRST_MS = 1000;

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

// Hands over the summary, the more seldom the longer it takes to make.
const summaries = (core, tell) => {
  let next = performance.now() + FIRST_MS;
  return () => {
    const begun = performance.now();
    if (begun < next) return;
    tell({ summary: core.summary() });
    next = performance.now() + FIRST_MS + PAUSE * (performance.now() - begun);
  };
};

const records = (core, tell) => () => {
  const pieces = [];
  core.render((piece) => pieces.push(piece.slice()));
  tell({ events: new Blob(pieces) });
};

// Everything of one capture; `tell` gets the messages.
const analyse = (file, compiled, save, tell) => {
  const bytes = new Bytes(file);
  const core = new Core(compiled, (to) => bytes.read(to));
  const hand = (save ? records : summaries)(core, tell);
  let error = null;
  try {
    core.open(file.name);
    const take = () => {
      hand();
      tell({ progress: { read: bytes.at, of: file.size, packets: core.packets } });
    };
    while (core.run(PACKETS_A_STEP, take));
  } catch (caught) {
    if (!(caught instanceof CaptureError)) throw caught;
    error = caught.message;
  }
  tell({ done: { error, summary: save ? null : core.summary() } });
};

onmessage = async ({ data: { file, core, save } }) => {
  try {
    analyse(file, await WebAssembly.compile(core), save, postMessage);
  } catch (error) {
    postMessage({ failure: String(error) });
  }
};
