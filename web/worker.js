// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The worker reads captures piece by piece as one stream, and meanwhile sends the page the core's summary document from
// time to time. Afterwards it waits for questions about hosts, until the page ends it.
//
//   in   {files, core, save}                   first
//        {host: ADDRESS}, {stop: true}         at any time afterwards
//   out  {progress: {name, read, of, packets}} while reading; `of` is the number of bytes in all files
//        {summary: JSON}                       from time to time
//        {events: Blob}                        in place of summaries, when all records are saved (`save`)
//        {done: {errors, summary: JSON}}       at the end; the summary is null if no capture could be read
//        {host: ADDRESS, record: JSON}         the answer; the record is null for an unknown address

const PACKETS_A_STEP = 20000;
const PAUSE = 20; // summaries take at most 1/20 of the time
const FIRST_MS = 1000;
let core = null;
let stopped = false;

// Sends summaries; the longer one takes to make, the less often.
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

// Lets the worker receive messages that arrived while it was busy.
const breath = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(port1.close());
    port2.postMessage(null);
  });

// Reads one capture completely; `take` is called after each step.
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
  core = new Core(compiled, input, !save, files.length > 1); // saved events equal the command's, which omit segments
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
  core.finish(hand);
  postMessage({ done: { errors, summary: save ? null : core.summary() } });
};

const answer = async ({ files, core: code, save, host, stop }) => {
  if (stop) stopped = true;
  else if (files) await analyse(files, await WebAssembly.compile(code), save);
  else postMessage({ host, record: core.host(host) });
};

onmessage = ({ data }) => answer(data).catch((error) => postMessage({ failure: String(error) }));
