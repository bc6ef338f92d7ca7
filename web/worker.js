// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The worker: reads captures piece by piece as one stream, and hands the page the summary document of the core, again
// and again while it reads. Then it waits, to answer about hosts. The page ends it.
//
//   in   {files, core, save}                   first
//        {host: ADDRESS}, {stop: true}         at any time then
//   out  {progress: {name, read, of, packets}} as it goes; `of` are the bytes of all files
//        {summary: JSON}                       now and then
//        {events: Blob}                        in place of summaries, when all records are to be saved
//        {done: {errors, summary: JSON}}       at the end; the summary is null when nothing could be read
//        {host: ADDRESS, record: JSON}         the answer; the record is null of an unknown address

const PACKETS_A_STEP = 20000;
const PAUSE = 20; // a summary takes at most one part in so many of the time
const FIRST_MS = 1000;
let core = null;
let stopped = false;

// Sends the summary, the less often the longer it takes to make.
const summaries = () => {
  let next = performance.now() + FIRST_MS;
  return () => {
    const begun = performance.now();
    if (begun < next) return;
    postMessage({ summary: core.summary() });
    next = performance.now() + FIRST_MS + PAUSE * (performance.now() - begun);
  };
};

const records = () => {
  const pieces = [];
  core.render((piece) => pieces.push(piece.slice()));
  postMessage({ events: new Blob(pieces) });
};

// Lets messages in, which wait while something runs.
const breath = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(port1.close());
    port2.postMessage(null);
  });

// Everything of one capture; `take` is called when some of it was read.
const readOne = async (file, input, take) => {
  const compression = await input.open(file);
  core.open(file.name, compression);
  while (core.run(PACKETS_A_STEP, take) && !stopped) {
    await breath();
    await input.fill();
  }
};

const analyse = async (files, compiled, save) => {
  const input = new Input();
  core = new Core(compiled, input, !save, files.length > 1); // events are those of the command, without segments
  const hand = save ? records : summaries();
  const of = files.reduce((sum, file) => sum + file.size, 0);
  const errors = [];
  for (const file of files) {
    if (stopped) break;
    const take = () => {
      hand();
      postMessage({ progress: { name: file.name, read: input.taken, of, packets: core.packets } });
    };
    try {
      await readOne(file, input, take);
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      errors.push(error.message);
    }
  }
  postMessage({ done: { errors, summary: save ? null : core.summary() } });
};

const answer = async ({ files, core: code, save, host, stop }) => {
  if (stop) stopped = true;
  else if (files) await analyse(files, await WebAssembly.compile(code), save);
  else postMessage({ host, record: core.host(host) });
};

onmessage = ({ data }) => answer(data).catch((error) => postMessage({ failure: String(error) }));
