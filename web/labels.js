// SPDX-License-Identifier: MIT OR Apache-2.0

// The label of a match, as a report shows it.
const labelOf = (match, { labels }) => {
  const name = match.flavor ? `${match.name} ${match.flavor}` : match.name;
  return labels[name] ?? name;
};
