// Whether this is a browser, where a secret key is no secret.
//
// In: nothing. Out: true in a page or a worker of a browser; false on servers, and in what stands for a browser in tests.

const STAND_INS = /jsdom|HappyDOM/;

export function inBrowser() {
  const { navigator, process } = globalThis;
  const agent = String(navigator?.userAgent ?? "");
  // Every browser's name begins so; those of Node.js, Deno, Bun and workerd do not.
  return agent.startsWith("Mozilla/") && !STAND_INS.test(agent) && !process?.versions?.node;
}
