// An address without what a link added to it.
//
// In: a URL. Out: the same without some parameters, every other byte of it as it was; undefined where that is not to be had.

/** Takes parameters of these names out of the query of a URL. The part behind `#` never reaches a server. */
export function withoutParameters(url, names) {
  const [before, ...rest] = url.split("?");
  // Browsers drop a tab or a line break from an address, and may then read another host.
  if (rest.length !== 1 || /[\0- ]/.test(url)) return undefined;
  const left = rest[0].split("#")[0].split("&").filter((one) => !names.includes(one.split("=")[0]));
  return left.length > 0 ? `${before}?${left.join("&")}` : before;
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
