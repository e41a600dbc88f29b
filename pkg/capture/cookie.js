// The cookie, as frameworks take it and as a header says it.
//
// In: its name and value, and options that were read. Out: `{ name, value, attributes, header }`.

/** RFC 6265bis: a browser ignores a cookie whose name and value are longer together. */
const MOST_BYTES = 4096;

/** The cookie, or undefined where no browser would keep it. */
export function cookieOf(name, value, { maxAge, domain, sameSite, httpOnly }, secure) {
  const encoded = encodeURIComponent(value);
  if (name.length + encoded.length > MOST_BYTES) return undefined;
  const attributes = { maxAge, path: "/", ...(domain && { domain }), sameSite, secure, httpOnly };
  return { name, value, attributes, header: headerOf(name, encoded, attributes, domain) };
}

function headerOf(name, encoded, { maxAge, path, sameSite, secure, httpOnly }, domain) {
  const parts = [`${name}=${encoded}`, `Max-Age=${maxAge}`, `Path=${path}`];
  if (domain) parts.push(`Domain=${domain}`);
  parts.push(`SameSite=${sameSite[0].toUpperCase()}${sameSite.slice(1)}`);
  if (secure) parts.push("Secure");
  if (httpOnly) parts.push("HttpOnly");
  return parts.join("; ");
}

/** Whether a cookie has to have Secure whatever the connection is. */
export const mustBeSecure = (name, sameSite) => sameSite === "none" || /^__(host|secure)-/i.test(name);
