// An address without what a link added to it.
//
// In: a URL. Out: the same without some parameters, every other byte of it as it was; undefined where that is not to be had.

/**
 * Takes parameters of these names out of the query of a URL. A link that was put together without care has a `?` in place of the
 * `&` before one. The part behind `#` never reaches a server.
 */
export function withoutParameters(url, names) {
  const [before, query] = /^([^?#]*)\?([^#]*)/.exec(url)?.slice(1) ?? [];
  // Browsers drop a tab or a line break from an address, and may then read another host.
  if (query === undefined || /[\0- ]/.test(url)) return undefined;
  const nameOf = (part) => part.replace(/^[?&]/, "").split("=")[0];
  const left = query.split(/(?=[?&])/).filter((part) => !names.includes(nameOf(part))).join("");
  return left === "" ? before : `${before}?${left.replace(/^&/, "")}`;
}

/**
 * The address on its own host, so that a proxy's address does not show. `//` at its beginning would name another host, which a
 * link could choose.
 */
export function withoutOrigin(url) {
  const path = url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, "");
  if (/^([/\\]{2}|\\)/.test(path)) return `/.${path}`;
  return path.startsWith("/") ? path : `/${path}`;
}
