// The packed package: what its root exports, and beside it the entries of the services that are not there.

import * as root from "refport-edge";
import * as dub from "refport-edge/dub";
import * as tolt from "refport-edge/tolt";

export const api = { ...root, dub, tolt };
