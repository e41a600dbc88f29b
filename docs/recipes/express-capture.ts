// Express: the click of a partner's link is kept, and no cache keeps the page that says so.

import express from "express";
import { clickCookie } from "refport-edge/capture";

const app = express();

app.use((req, res, next) => {
  const cookie = clickCookie(req);
  if (cookie) keepPrivate(res.append("Set-Cookie", cookie.header));
  next();
});
app.get("/", (req, res) => void res.set("Cache-Control", "public, s-maxage=600").send("<h1>Shop</h1>"));

app.listen(process.env.PORT ?? 3000);

/** At the last moment: the page's own handler may set headers for a shared cache. */
function keepPrivate(res: express.Response): void {
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => express.Response;
  res.writeHead = (...args: unknown[]) => {
    res.set("Cache-Control", "private, no-store");
    for (const name of ["CDN-Cache-Control", "Surrogate-Control"]) res.removeHeader(name);
    return writeHead(...args);
  };
}
