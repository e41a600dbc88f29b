// NestJS on Express. Its decorators are called by hand, since this is no TypeScript.

import "reflect-metadata";
import { Controller, Get, Headers, Module, Post, Req } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { cookies } from "./look.mjs";

export default {
  name: "NestJS 12 on Express",
  hooks: { "@Req(), rawBody: true": "/hook" },
  async start(look) {
    const app = await NestFactory.create(moduleOf(look), { rawBody: true, logger: false });
    await app.listen(0, "127.0.0.1");
    return { port: app.getHttpServer().address().port, stop: () => app.close() };
  },
};

function moduleOf(look) {
  class Pricing {
    async find(req, headers) {
      await look({ "@Req()": req, "@Headers()": cookies(headers) });
      return "ok";
    }

    async hook(req, res) {
      await look({ "@Req(), rawBody: true": req });
      req.res.status(200);
      return "ok";
    }
  }
  const decorate = (method, ...decorators) => {
    const descriptor = Object.getOwnPropertyDescriptor(Pricing.prototype, method);
    for (const decorator of decorators) decorator(Pricing.prototype, method, descriptor);
    Reflect.defineMetadata("design:paramtypes", [Object, Object], Pricing.prototype, method);
  };
  decorate("find", Get("pricing"));
  decorate("hook", Post("hook"));
  Req()(Pricing.prototype, "find", 0);
  Headers()(Pricing.prototype, "find", 1);
  Req()(Pricing.prototype, "hook", 0);
  Controller()(Pricing);
  class Shop {}
  Module({ controllers: [Pricing] })(Shop);
  return Shop;
}
