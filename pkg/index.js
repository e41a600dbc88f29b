// Everywhere but in Workers and edge functions: the cores travel inside JavaScript files.

/* @ts-self-types="./index.d.ts" */

export * from "./dist/inline/index.js";
