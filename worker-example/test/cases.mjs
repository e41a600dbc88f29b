// Runs the cases of a test, one after the other, and counts them.
//
// In: cases by name, what each of them is given, and what ends the test's Workers. Out: a line for each case, then
// "N passed, M failed"; exit 1 when M is not 0, or nothing ran.

export async function runCases(cases, given, stop) {
  let [passed, failed] = [0, 0];
  try {
    for (const [name, check] of Object.entries(cases)) {
      try {
        await check(given);
        passed += 1;
        console.log(`ok   ${name}`);
      } catch (error) {
        failed += 1;
        console.log(`FAIL ${name}: ${error.message}`);
      }
    }
  } finally {
    await stop();
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
