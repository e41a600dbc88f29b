// Express: the click of a partner's link is kept, and no cache keeps the page that says so.

import express from "express";
import { clickCookie } from "refport-edge/capture";

const app = express();

app.use((req, res, next) => {
  const cookie = clickCookie(req);
  if (cookie) res.append("Set-Cookie", cookie.header).set("Cache-Control", "private, no-store");
  next();
});
app.get("/", (req, res) => void res.send("<h1>Shop</h1>"));

app.listen(process.env.PORT ?? 3000);
