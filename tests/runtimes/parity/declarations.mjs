// What a file of declarations declares, as far as index.d.ts needs it.
//
// In: its text. Out: `{ values, types }`: the names of functions, constants and classes, and of each interface or type its
// members (as paths such as `partner.email`) and its bases.
// Not its job: being a compiler. What it cannot read it throws on.

const DECLARATION = /^export (?:declare )?(function|const|class|interface|type) (\w+)/gm;

export function declarations(source) {
  const text = source.replace(/\/\*[^]*?\*\//g, "").replace(/\/\/.*$/gm, "");
  const values = new Set();
  const types = {};
  for (const { 0: whole, 1: kind, 2: name, index } of text.matchAll(DECLARATION)) {
    if (kind === "interface" || kind === "type") types[name] = typeOf(kind, text.slice(index + whole.length));
    else values.add(name);
  }
  return { values: [...values], types };
}

function typeOf(kind, rest) {
  if (kind === "type") return { members: [], bases: [] };
  const open = rest.indexOf("{");
  const [, bases = ""] = /extends ([^{]+)/.exec(rest.slice(0, open)) ?? [];
  return { members: membersOf(inside(rest, open)), bases: bases.split(",").map((base) => base.trim()).filter(Boolean) };
}

/** The text between the brace at `open` and its counterpart. */
function inside(text, open) {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}" && (depth -= 1) === 0) return text.slice(open + 1, at);
  }
  throw new Error("a brace is not closed");
}

/** The members of an object type, those of the objects within too. */
function membersOf(body) {
  return split(body).flatMap((member) => {
    const found = /^(?:readonly )?(\w+)\??\s*(?::\s*|(?=\())([^]*)$/.exec(member);
    if (!found) throw new Error(`no member: ${member}`);
    const [, name, type] = found;
    return [name, ...(type.startsWith("{") ? membersOf(inside(type, 0)).map((inner) => `${name}.${inner}`) : [])];
  });
}

/** The members of a body: what is between its semicolons. */
function split(body) {
  const members = [];
  let depth = 0;
  let member = "";
  for (const character of body) {
    if ("{(<".includes(character)) depth += 1;
    if ("})".includes(character) || (character === ">" && !member.endsWith("="))) depth -= 1;
    if (character === ";" && depth === 0) {
      members.push(member.trim());
      member = "";
    } else {
      member += character;
    }
  }
  return [...members, member.trim()].filter(Boolean);
}
