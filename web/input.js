// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Reads the bytes of files, one file after the other. The browser's DecompressionStream decompresses gzip, but only one
// member: it refuses the bytes after it without saying where the member ended, and then drops output for which no read is
// waiting. So enough reads are always waiting, and the end of a member is found by its checksum and size.

const PIECE = 1 << 14; // of a compressed file; gzip expands it to 17 MB at most
const READS = 400; // more than the output chunks of one piece: browsers make chunks of 64 KB, or a single one
const SHORTEST = 12; // bytes of a member before its sum and size
const ENOUGH = 1 << 23; // decompressed bytes that wait for the core

const COMPRESSIONS = {
  gzip: [0x1f, 0x8b],
  xz: [0xfd, 0x37, 0x7a, 0x58],
  bzip2: [0x42, 0x5a, 0x68],
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
  lz4: [0x04, 0x22, 0x4d, 0x18],
};

const compressionOf = (head) =>
  Object.keys(COMPRESSIONS).find((name) => COMPRESSIONS[name].every((byte, at) => head[at] === byte));

// CRC-32 of four bytes at a time: table k is for a byte followed by k zeros.
const CRC = [0, 1, 2, 3].map(() => new Uint32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let sum = byte;
  for (let bit = 0; bit < 32; bit++) {
    sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    if (bit % 8 === 7) CRC[bit >> 3][byte] = sum;
  }
}

const updatedCrc = (crc, bytes) => {
  const [one, two, three, four] = CRC;
  let sum = ~crc;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    sum ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    sum = four[sum & 255] ^ three[(sum >>> 8) & 255] ^ two[(sum >>> 16) & 255] ^ one[sum >>> 24];
  }
  for (; at < bytes.length; at++) sum = one[(sum ^ bytes[at]) & 255] ^ (sum >>> 8);
  return ~sum >>> 0;
};

// A file of gzip members. `slice(from, to)` returns bytes of the file.
class Gzip {
  constructor(slice) {
    this.slice = slice;
    this.at = 0; // how many bytes were written to the decompressor
    this.waiting = []; // decompressed chunks
    this.held = 0; // bytes in these chunks
    this.damage = null; // why the file ended early, in words
    this.isEnded = false;
    this.careful = Infinity; // from here on the bytes are written one by one
    this.known = 0; // how many decompressed bytes are dropped, because they were delivered before
  }

  // Decompresses until enough bytes are waiting, or the file ends.
  async fill() {
    while (this.held < ENOUGH && !this.isEnded) {
      if (this.writer) await this.step();
      else this.begin();
    }
  }

  // Fills an array with waiting bytes.
  read(to) {
    let filled = 0;
    while (filled < to.length && this.waiting.length) {
      const piece = this.waiting[0].subarray(0, to.length - filled);
      to.set(piece, filled);
      filled += piece.length;
      if (piece.length < this.waiting[0].length) this.waiting[0] = this.waiting[0].subarray(piece.length);
      else this.waiting.shift();
    }
    this.held -= filled;
    return filled;
  }

  end(damage = null) {
    this.damage = damage;
    this.isEnded = true;
  }

  // Begins the next member; zeros before it are padding.
  begin() {
    let head = this.slice(this.at, this.at + PIECE);
    while (head.length && head[0] === 0) {
      const zeros = head.findIndex((byte) => byte !== 0);
      this.at += zeros < 0 ? head.length : zeros;
      head = this.slice(this.at, this.at + PIECE);
    }
    if (head.length === 0) this.end();
    else if (compressionOf(head) === "gzip") this.open();
    else this.end(`something that is no gzip data begins at byte ${this.at} of the compressed file`);
  }

  open() {
    const { readable, writable } = new DecompressionStream("gzip");
    const reader = readable.getReader();
    const next = () =>
      reader.read().then(
        ({ value, done }) => {
          if (done) return;
          this.take(value);
          next();
        },
        () => {}, // the write fails, too
      );
    this.writer = writable.getWriter();
    this.begun = this.at;
    this.crc = this.size = 0;
    for (let count = 0; count < READS; count++) next();
  }

  take(bytes) {
    this.crc = updatedCrc(this.crc, bytes);
    const more = bytes.subarray(Math.max(this.known - this.size, 0));
    this.size += bytes.length;
    if (more.length) this.waiting.push(more);
    this.held += more.length;
  }

  async step() {
    const piece = this.slice(this.at, this.at + (this.at < this.careful ? PIECE : 1));
    try {
      await (piece.length ? this.writer.write(piece) : this.writer.close());
    } catch {
      return this.stopped(piece.length);
    }
    this.at += piece.length;
    if (piece.length === 0) this.end();
  }

  // Called when the decompressor refused the latest piece: bytes follow the member, or the member is cut or damaged.
  stopped(length) {
    this.writer = null;
    const found = this.memberEnd(length);
    if (length === 0) {
      this.end(`the gzip data ends too early, after ${this.at} bytes`);
    } else if (found > 0) {
      this.at = found;
      this.known = 0;
      this.careful = Infinity;
    } else if (this.at < this.careful) {
      // The output of the piece before the damage is lost. Decompress the member again, and this piece byte by byte.
      this.careful = this.at;
      this.known = this.size;
      this.at = this.begun;
      this.open();
    } else {
      this.end(`damaged gzip data near byte ${this.at} of the compressed file`);
    }
  }

  // Where the decompressed member ends: before the latest piece, which has `length` bytes, or in it; 0: not there.
  memberEnd(length) {
    const isCareful = this.at >= this.careful;
    if (this.size === 0 && !isCareful) return 0; // any zeros would look like its checksum and size
    const first = Math.max(this.at - 8, this.begun + SHORTEST);
    const bytes = this.slice(first, this.at + (isCareful ? 0 : length));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at + 8 <= bytes.length; at++) {
      if (view.getUint32(at, true) === this.crc && view.getUint32(at + 4, true) === this.size % 2 ** 32)
        return first + at + 8;
    }
    return 0;
  }
}

// Fills arrays with the bytes of the file opened last, in order. `taken` counts the bytes read from all files.
class Input {
  constructor() {
    this.reader = new FileReaderSync();
    this.before = 0;
  }

  get taken() {
    return this.before + (this.gzip ?? this).at;
  }

  get damage() {
    return this.gzip?.damage ?? null;
  }

  // Whether `read` has bytes, or the file has ended.
  get isReady() {
    return !this.gzip || this.gzip.held > 0 || this.gzip.isEnded;
  }

  slice(from, to) {
    return new Uint8Array(this.reader.readAsArrayBuffer(this.file.slice(from, to)));
  }

  // Opens a file. Returns the name of its compression if that is not supported; gzip is decompressed.
  async open(file) {
    this.before = this.file ? this.taken : 0;
    this.file = file;
    this.at = this.given = 0;
    this.gzip = null;
    this.isUnreadable = false;
    const compression = await this.tried(() => compressionOf(this.slice(0, 4)));
    if (compression !== "gzip") return compression;
    this.gzip = new Gzip((from, to) => this.slice(from, to));
    await this.fill();
  }

  async fill() {
    if (this.gzip) await this.tried(() => this.gzip.fill());
  }

  async tried(action) {
    try {
      return await action();
    } catch {
      this.isUnreadable = true;
      this.gzip?.end();
    }
  }

  read(to) {
    let length = 0;
    if (this.gzip) {
      length = this.gzip.read(to);
    } else {
      try {
        const bytes = this.slice(this.at, this.at + to.length);
        to.set(bytes);
        length = bytes.length;
      } catch {
        this.isUnreadable = true;
      }
    }
    this.at += length;
    this.given += length;
    return length === 0 && this.isUnreadable ? -1 : length;
  }
}
