// Express 4 and 5.

import { createServer } from "node:http";
import cookieParser from "cookie-parser";
import { cookies, jar } from "./look.mjs";
import { listen } from "./serve.mjs";

export default async (version) => {
  const { default: express } = await import(`express${version}`);
  return [plain, parsed].map((framework) => framework(express, version));
};

const plain = (express, version) => ({
  name: `Express ${version}`,
  hooks: {
    "req, unread": "/unread", "req, express.raw()": "/raw", "req, express.text()": "/text",
    "req, express.json({ verify }) keeps rawBody": "/kept",
  },
  start(look) {
    const app = express();
    const keep = (req, _, bytes) => void (req.rawBody = bytes);
    app.post("/unread", (req, res, next) => look({ "req, unread": req }).then(() => res.end(), next));
    const at = (path, parser, name) => app.post(path, parser, (req, res, next) => look({ [name]: req }).then(() => res.end(), next));
    at("/raw", express.raw({ type: "*/*" }), "req, express.raw()");
    at("/text", express.text({ type: "*/*" }), "req, express.text()");
    at("/kept", express.json({ verify: keep }), "req, express.json({ verify }) keeps rawBody");
    app.use((req, res, next) => look({ req, "req.headers": cookies(req.headers) }).then(() => res.end(), next));
    return listen(createServer(app));
  },
});

const parsed = (express, version) => ({
  name: `Express ${version}, cookie-parser`,
  start(look) {
    const app = express().use(cookieParser("secret"));
    const router = express.Router();
    // Within a router, `req.url` is what is left of the path.
    router.use((req, res, next) => look({ req, "req.cookies": jar(req.cookies) }).then(() => res.end(), next));
    app.use("/pricing", router);
    return listen(createServer(app));
  },
});
