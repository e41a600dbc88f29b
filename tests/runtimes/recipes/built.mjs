// The recipes that a framework builds.


import { built } from "./ways.mjs";

const CAPTURE = { needs: ["refport-edge/capture"] };

export const BUILT = [];
