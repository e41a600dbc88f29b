// The packed package: what its root exports, and beside it the entries of the services that are not there.

import * as root from "refport-edge";
import * as tolt from "refport-edge/tolt";

export const api = { ...root, tolt };
