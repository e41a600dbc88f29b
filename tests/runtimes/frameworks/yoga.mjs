// GraphQL Yoga 5: what a resolver is given.

import { createServer } from "node:http";
import { createSchema, createYoga } from "graphql-yoga";
import { cookies } from "./look.mjs";
import { handled, listen } from "./serve.mjs";

export default [
  {
    name: "GraphQL Yoga 5, on Node.js",
    start: (look) => listen(createServer(yoga(look, (context) => ({ "context.req": context.req })))),
  },
  { name: "GraphQL Yoga 5, as a fetch handler", start: (look) => handled(yoga(look).fetch) },
];

function yoga(look, more = () => ({})) {
  const ok = async (_, __, context) => {
    const { request } = context;
    await look({ context, "context.request": request, "context.request.headers": cookies(request.headers), ...more(context) });
    return "ok";
  };
  return createYoga({
    schema: createSchema({ typeDefs: "type Query { ok: String }", resolvers: { Query: { ok } } }),
    graphqlEndpoint: "*", landingPage: false, logging: false,
    // A GET needs the query in its address.
    plugins: [{ onRequestParse: ({ setRequestParser }) => setRequestParser(() => ({ query: "{ ok }" })) }],
  });
}
