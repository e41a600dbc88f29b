// AWS Lambda's events, from the samples of AWS's documentation, with what each holds of a request.
//
// There is no AWS here, so that each event is given to Hono's own adapter for it too: what the adapter makes of the sample
// must be the request that was sent, or the sample is none of AWS's.

import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { handle as handleEdge } from "hono/lambda-edge";
import { apiGatewayV1, apiGatewayV2, cloudFrontFunction, functionUrl, lambdaAtEdge, loadBalancer, loadBalancerMulti, netlify } from "./aws-events.mjs";
import { cookies } from "./look.mjs";

const HOOKS = { event: "/hook", "event, isBase64Encoded": "/hook" };

const lambda = (name, eventOf, { adapter = handle, headersAlone = () => ({}), lacks } = {}) => ({
  name,
  hooks: HOOKS,
  lacks,
  start: (look) => ({
    async send(request, hook) {
      const event = eventOf(request, hook === "event, isBase64Encoded");
      if (adapter) await mustBe(request, event, adapter);
      await look(hook ? { [hook]: event } : { event, ...headersAlone(event) });
    },
  }),
});

/** Where the cookies are among the headers. */
const headersAlone = (event) => ({ "event.headers": cookies(event.headers) });

export default [
  lambda("API Gateway, REST (1.0)", apiGatewayV1),
  lambda("API Gateway, HTTP (2.0)", apiGatewayV2),
  lambda("Lambda function URL", functionUrl),
  // It keeps the last of several lines.
  lambda("ALB", loadBalancer, { headersAlone, lacks: ["first of two cookie lines"] }),
  lambda("ALB, multi-value headers", loadBalancerMulti),
  // Hono has no adapter for it.
  lambda("Netlify Functions 1", netlify, { adapter: null, headersAlone }),
  {
    name: "Lambda@Edge",
    start: (look) => ({
      async send(request) {
        const event = lambdaAtEdge(request);
        await mustBe(request, event, handleEdge);
        const inner = event.Records[0].cf.request;
        await look({ event, "event.Records[0].cf.request": inner, "request.headers": cookies(inner.headers) });
      },
    }),
  },
  {
    name: "CloudFront Functions",
    start: (look) => ({
      async send(request) {
        const event = cloudFrontFunction(request);
        await look({ event, "event.request": event.request });
      },
    }),
  },
];

/** Throws unless the adapter reads the request of the event: its query, its cookies, its body. */
async function mustBe({ path, cookies: lines, body = "" }, event, adapter) {
  let seen;
  const app = new Hono().all("*", async (c) => {
    const { pathname, searchParams } = new URL(c.req.url);
    seen = { pathname, id: searchParams.get("refp_id"), cookie: c.req.header("cookie") ?? "", body: await c.req.text() };
    return c.text("ok");
  });
  await adapter(app)(structuredClone(event), {}, () => {});
  const { pathname, searchParams } = new URL(path, "https://shop.test");
  // An ALB keeps one line of several, the last, and Hono of API Gateway's too.
  const isKept = lines.length === 0 ? seen.cookie === "" : seen.cookie.endsWith(lines.at(-1));
  const isSame = seen.pathname === pathname && seen.id === searchParams.get("refp_id") && seen.body === body;
  if (!isSame || !isKept) throw new Error(`the sample is not well formed: its adapter saw ${JSON.stringify(seen)}`);
}
