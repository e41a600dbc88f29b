// What compiles at the package's other entries.

import { RefportError, track_sale } from "refport-edge";
import core from "refport-edge/core.wasm";
import * as inline from "refport-edge/inline";
import * as slim from "refport-edge/slim";

const nothing: void = slim.init(core);
const compiled: slim.CompiledCore = core;
const same: [typeof track_sale, typeof RefportError] = [slim.track_sale, inline.RefportError];
const reading: ReturnType<typeof slim.saleFromStripe> = slim.saleFromStripe({});
const options: slim.CaptureOptions = { service: "refport" };
const kept: number = slim.captureClick(null, { status: 200, headers: {} }, options).status;
void [nothing, compiled, same, reading, kept, slim.toStripe(null, {})];

// @ts-expect-error a module is needed
slim.init();
// @ts-expect-error an address is no module
slim.init("core.wasm");
// @ts-expect-error only /slim wants to be started
void inline.init;
