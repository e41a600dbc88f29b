// The code on a page, and where it comes from.
//
// In: a page's Markdown. Out: what it includes, and what is wrong with its code. A page includes code with `<<< FILE#REGION`. A
// page that is read outside the site (README.md) has a copy below `<!-- code: FILE#REGION -->`, which is held against the file.
// Not its job: whether the code works (compile.mjs, programs.mjs).

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Languages of blocks that are no program of this package: commands, what they print, settings. */
const NO_PROGRAM = new Set(["sh", "text", "json", "jsonc", "toml", "html", "http", ""]);

const INCLUDE = /^<<< *(\S+?)(?:#(\w[\w-]*))?(?:\{[^}]*\})?(?: *\[[^\]]*\])?$/;
const COPY = /^<!-- code: (\S+?)(?:#(\w[\w-]*))? -->$/;
const FENCE = /^(`{3,})(\w*)/;

/** `{ included, copied, offenders }`: the files, from the repository's root, and what is wrong. */
export function readPage(root, file, text = readFileSync(join(root, file), "utf8")) {
  const found = { included: [], copied: [], offenders: [] };
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const offend = (why) => found.offenders.push(`${file}:${index + 1} ${why}`);
    const [, path, region] = lines[index].match(INCLUDE) ?? [];
    if (path !== undefined) {
      const of = relative(root, join(root, dirname(file), path));
      if (codeOf(root, of, region) === undefined) offend(`includes ${of}${region ? `#${region}` : ""}, which is not there`);
      else found.included.push(of);
      continue;
    }
    const [, mark, language] = lines[index].match(FENCE) ?? [];
    if (mark === undefined) continue;
    const end = lines.indexOf(mark, index + 1);
    const code = lines.slice(index + 1, end).join("\n");
    const [, copied, part] = lines[index - 1]?.match(COPY) ?? [];
    if (copied !== undefined) {
      if (codeOf(root, copied, part) !== code) offend(`differs from ${copied}: run \`node docs/check.mjs --write ${file}\``);
      else found.copied.push(copied);
    } else if (!NO_PROGRAM.has(language)) offend(`has a program of its own: include it from a file that a test runs`);
    index = end;
  }
  return found;
}

/** The page with each of its copies made anew. */
export function withCopies(root, text) {
  return text.replace(/^<!-- code: (\S+?)(?:#(\w[\w-]*))? -->\n```(\w*)\n(?:[\s\S]*?\n)??```$/gm, (_, file, region, language) =>
    [`<!-- code: ${file}${region ? `#${region}` : ""} -->`, `\`\`\`${language}`, codeOf(root, file, region), "```"].join("\n"),
  );
}

/** A file's text, or a region of it without its marks. */
function codeOf(root, file, region) {
  if (!existsSync(join(root, file))) return undefined;
  const text = readFileSync(join(root, file), "utf8").trimEnd();
  if (region === undefined) return text;
  const begin = new RegExp(`^ *// #region ${region}$`, "m").exec(text);
  const end = new RegExp(`^ *// #endregion ${region}$`, "m").exec(text);
  return begin && end ? text.slice(begin.index + begin[0].length, end.index).trim() : undefined;
}
