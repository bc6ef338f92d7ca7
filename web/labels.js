// SPDX-License-Identifier: MIT OR Apache-2.0

// The label of a match, as a report shows it.
const labelOf = (match, { labels }) => {
  const name = match.flavor ? `${match.name} ${match.flavor}` : match.name;
  return labels[name] ?? name;
};

const counted = (count, word) =>
  `${count.toLocaleString("en")} ${word}${count === 1 ? "" : word.endsWith("s") ? "es" : "s"}`;

// The first `length` characters of a time, in milliseconds since 1970, UTC.
const timeText = (ms, length = 19) => new Date(ms).toISOString().slice(0, length).replace("T", " ");
