// Whether this is a browser, where a secret key is no secret.
//
// In: nothing. Out: true in a page or a worker of a browser; false on servers, and in what stands for a browser in tests.

// Every browser's name begins so; those of Node.js, Deno, Bun and workerd do not.
const BROWSER = /^Mozilla\/(?!.*(jsdom|HappyDOM))/;

/** `process` is asked last: to look at it costs a Worker more than all the rest of its first sale, since workerd makes it then. */
export const inBrowser = () => BROWSER.test(globalThis.navigator?.userAgent) && !globalThis.process?.versions?.node;
