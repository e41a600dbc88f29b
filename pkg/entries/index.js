// All that `refport-edge` exports; documented in index.d.ts.

/* @ts-self-types="../index.d.ts" */

export { ConversionError } from "../errors.js";
export * from "./refcampaign.js";
export * from "./refport.js";
