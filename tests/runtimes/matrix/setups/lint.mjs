// Linters of packages, and what they say of the tarball. tsc is the suite `types`.

import { fileURLToPath } from "node:url";

const PKG = fileURLToPath(new URL("../../../../pkg", import.meta.url));

const setup = (name, what, run) => ({
  name, title: name, group: "runtimes", quick: true, isLint: true, rows: { [name]: what },
  run: (kit) => kit.row(name, () => run(kit)),
});

export const lint = [
  setup("publint", "publint --strict has nothing to say", async (kit) =>
    kit.node([await kit.bin("publint"), "run", kit.tarball, "--strict"])),
  setup("attw", "attw: the types are right from import and require, in every way to resolve them", async (kit) =>
    kit.node([await kit.bin("@arethetypeswrong/cli", "attw"), kit.tarball, "--entrypoints", "."])),
  // There is no tarball for JSR: it takes the files themselves.
  setup("jsr", "deno publish --dry-run takes pkg with its jsr.json", async (kit) =>
    kit.run(await kit.program("@deno", ["deno"]), ["publish", "--dry-run", "--allow-dirty"], {
      cwd: PKG, env: { DENO_DIR: kit.path("deno-dir"), DENO_NO_UPDATE_CHECK: "1" },
    })),
];
