// Hostile texts of any size. No import: it runs everywhere.

/** What a text may consist of: what a parser, a quoter, a search or an encoder takes a closer look at. */
export const PIECES = {
  letters: "a",
  digits: "7",
  spaces: " ",
  quotes: '"',
  backslashes: "\\",
  "line breaks": "\n",
  "percent signs": "%",
  "encoded letters": "%41",
  semicolons: ";",
  "equals signs": "=",
  ampersands: "&",
  commas: ",",
  "letters of Latin-1": "é",
  "capitals whose small letters are longer": "İ",
  emoji: "😀",
  "halves of surrogate pairs": "\ud800",
};

/** Those that take a way of their own where a text is only passed on. */
export const FEW_PIECES = pick("letters", "quotes", "percent signs", "letters of Latin-1", "emoji", "halves of surrogate pairs");

function pick(...names) {
  return Object.fromEntries(names.map((name) => [name, PIECES[name]]));
}

/** A piece again and again, `size` characters in all. */
export function fill(piece, size) {
  const text = piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
  // Cut in an emoji it would be refused at this size, and sent at others.
  return piece.isWellFormed() && !text.isWellFormed() ? text.slice(0, -1) : text;
}

/** A piece as often as it fits. */
export const whole = (piece, size) => piece.repeat(Math.floor(size / piece.length));

/** `size` characters, made of as many different pieces as that takes. */
export function numbered(size, pieceOf) {
  const pieces = [];
  for (let length = 0; length < size; length += pieces.at(-1).length) pieces.push(pieceOf(pieces.length));
  return pieces.join("");
}

/** An object whose members, made by `[name, value]`, have `size` characters in all. */
export function members(size, memberOf) {
  const all = [];
  let length = 0;
  while (length < size) {
    const [name, value] = memberOf(all.length);
    length += name.length + (typeof value === "string" ? value.length : 8);
    all.push([name, value]);
  }
  return Object.fromEntries(all);
}
