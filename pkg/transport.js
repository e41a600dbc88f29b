// What a transport's error tells, in words of a closed set.
//
// In: whatever a transport threw. Out: its machine-readable code or its class, and whether it is certain that nothing was
// sent. An error's text is never read: it differs from runtime to runtime, and may hold anything.

import { isText, read } from "./read.js";

const CODE = /^[A-Z][A-Z0-9_]{2,39}$/;

/**
 * The name was not found, nobody listened, or the certificate was refused: the request never left. Node's codes, which are
 * Bun's too; Deno and workerd tell none. (An alert of the server's, `ERR_SSL_…`, may come after the request.)
 */
const NOT_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_[A-Z]+|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_ALTNAME_INVALID|(DEPTH_ZERO_)?SELF_SIGNED_CERT\w*|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)\w+|CERT_\w+)$/;
/** What was being done; Node says so. */
const BEFORE_CONNECTED = ["connect", "getaddrinfo"];

/** More addresses than a name has, and as much as anybody reads. */
const MOST_ERRORS = 16;

/** `{ cause, isNotConnected }`; `cause` is undefined where there is nothing to tell. */
export function toldBy(error) {
  const inner = read(() => error.cause);
  // A name with several addresses: each of them was tried.
  const tried = [...errorsOf(error), ...errorsOf(inner)];
  const speaker = [error, inner, ...tried].find(codeOf);
  return {
    cause: codeOf(speaker) ?? read(classOf, error),
    isNotConnected: speaker !== undefined && [speaker, ...tried].every(isNotConnected),
  };
}

const errorsOf = (error) => read(() => Array.isArray(error.errors) && error.errors.slice(0, MOST_ERRORS)) || [];

function codeOf(error) {
  const code = read(() => error.code);
  return isText(code) && CODE.test(code) ? code : undefined;
}

const isNotConnected = (error) =>
  NOT_CONNECTED.test(codeOf(error)) || BEFORE_CONNECTED.includes(read(() => error.syscall));

const classOf = (error) => /^\w{1,64}$/.exec(error.constructor.name)?.[0];
