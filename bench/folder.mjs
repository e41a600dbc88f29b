// Where the benchmark is: `bench/` in the repository. In: nothing. Out: its path.

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

export const FOLDER = dirname(fileURLToPath(import.meta.url));
